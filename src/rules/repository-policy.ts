import type { AskedSettings } from './repository.ts';

/** The registry that a policy is for. */
export interface Owner {
  partition: string;
  /** 12 digits. */
  account: string;
}

/** The partition and the account in an ARN. */
export function ownerOf(arn: string): Owner {
  const [, partition = 'aws', , , account = ''] = arn.split(':');
  return { partition, account };
}

interface Statement {
  Sid?: string;
  [member: string]: unknown;
}

const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

/**
 * The statements that let other accounts and services of AWS pull. A service pulls for the functions, projects and
 * such of these accounts alone: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
function pullStatements({ pullAccounts, pullServices }: AskedSettings, owner: Owner): Statement[] {
  const { partition, account } = owner;
  const roots = pullAccounts.map(each => `arn:${partition}:iam::${each}:root`);
  const accounts = [...new Set([account, ...pullAccounts])];
  return [
    ...(roots.length > 0
      ? [{ Sid: 'PullAccounts', Effect: 'Allow', Principal: { AWS: roots }, Action: pull }]
      : []),
    ...pullServices.map(service => {
      const [name = service] = service.split('.');
      const sources = accounts.map(each => `arn:${partition}:${name}:*:${each}:*`);
      return {
        Sid: `Pull${name.replaceAll(/[^a-z0-9]/g, '').replace(/^./, first => first.toUpperCase())}`,
        Effect: 'Allow',
        Principal: { Service: service },
        Action: pull,
        Condition: { ArnLike: { 'aws:SourceArn': sources } },
      };
    }),
  ];
}

/**
 * The repository policy that was asked for, as JSON text; `undefined` where none was. Without `repository-policy` the
 * statements that others have put there stay: ours are known by their Sid.
 */
export function policyFor(asked: AskedSettings, owner: Owner, found: string | undefined): string | undefined {
  const ours = pullStatements(asked, owner);
  if (asked.repositoryPolicy === undefined && ours.length === 0) return undefined;
  const base: { Version?: string; Statement?: Statement | Statement[] } = JSON.parse(
    asked.repositoryPolicy ?? found ?? '{}',
  );
  const others = [base.Statement ?? []].flat().filter(({ Sid }) => !ours.some(each => each.Sid === Sid));
  return JSON.stringify({ Version: '2012-10-17', ...base, Statement: [...others, ...ours] });
}
