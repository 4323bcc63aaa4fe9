import { parseArn } from '../aws/arn.ts';
import { isRecord } from '../validation/parsers.ts';
import type { AskedSettings } from './plan.ts';

/** The registry that a policy is for. */
export interface Owner {
  partition: string;
  /** 12 digits. */
  account: string;
}

/** The partition and the account in an ARN. */
export function ownerOf(arn: string): Owner {
  const { partition = 'aws', account = '' } = parseArn(arn);
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

/** Our Sids that statements of the given `repository-policy` have: no statement would be known as ours by them. */
export function takenSids(asked: AskedSettings): string[] {
  const ours = pullStatements(asked, ownerOf(''));
  return statementsIn(asked.repositoryPolicy).flatMap(({ Sid }) =>
    Sid !== undefined && ours.some(each => each.Sid === Sid) ? [Sid] : [],
  );
}

/**
 * The repository policy that was asked for, as JSON text; `undefined` where none was. Without `repository-policy` the
 * statements that others have put there stay: ours are known by their Sid.
 */
export function policyFor(asked: AskedSettings, owner: Owner, found: string | undefined): string | undefined {
  const ours = pullStatements(asked, owner);
  const given = asked.repositoryPolicy;
  if (given === undefined && ours.length === 0) return undefined;
  const base: Policy = JSON.parse(given ?? found ?? '{}');
  const others =
    given === undefined
      ? statementsIn(found).filter(({ Sid }) => !ours.some(each => each.Sid === Sid))
      : statementsIn(given);
  return JSON.stringify({ Version: '2012-10-17', ...base, Statement: [...others, ...ours] });
}

interface Policy {
  Version?: string;
  Statement?: Statement | Statement[];
}

function statementsIn(text = '{}'): Statement[] {
  const { Statement: statements = [] }: Policy = JSON.parse(text);
  return [statements].flat();
}

/**
 * A policy as IAM understands it: an account by its id is the account by its ARN, as which it is mostly answered.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function understood(text: string, { partition }: Owner): unknown {
  const policy: Policy = JSON.parse(text);
  const rootOf = (principal: unknown): unknown =>
    typeof principal === 'string' && /^\d{12}$/.test(principal)
      ? `arn:${partition}:iam::${principal}:root`
      : principal;
  const inFull = (principal: unknown): unknown =>
    isRecord(principal) && 'AWS' in principal
      ? { ...principal, AWS: [principal['AWS']].flat().map(rootOf) }
      : principal;
  const statements = [policy.Statement ?? []]
    .flat()
    .map(statement =>
      Object.fromEntries(
        Object.entries(statement).map(([name, value]) => [
          name,
          name === 'Principal' || name === 'NotPrincipal' ? inFull(value) : value,
        ]),
      ),
    );
  return { ...policy, Statement: statements };
}
