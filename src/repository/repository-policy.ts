import { parseArn } from '../aws/arn.ts';
import { isRecord } from '../validation/parsers.ts';
import type { AskedSettings } from './plan.ts';

/** The partition and the account of the registry that a policy is for. */
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

interface RepositoryPolicyStatement {
  Sid?: string;
  [member: string]: unknown;
}

const pullActions = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

/**
 * The statements that let other accounts and services of AWS pull. A service may pull only for resources of these accounts:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
function pullStatements(
  { pullAccounts, pullServices }: AskedSettings,
  owner: Owner,
): RepositoryPolicyStatement[] {
  const { partition, account } = owner;
  const roots = pullAccounts.map(each => `arn:${partition}:iam::${each}:root`);
  const accounts = [...new Set([account, ...pullAccounts])];
  return [
    ...(roots.length > 0
      ? [{ Sid: 'PullAccounts', Effect: 'Allow', Principal: { AWS: roots }, Action: pullActions }]
      : []),
    ...pullServices.map(service => {
      const [name = service] = service.split('.');
      const sources = accounts.map(each => `arn:${partition}:${name}:*:${each}:*`);
      return {
        Sid: `Pull${name.replaceAll(/[^a-z0-9]/g, '').replace(/^./, first => first.toUpperCase())}`,
        Effect: 'Allow',
        Principal: { Service: service },
        Action: pullActions,
        Condition: { ArnLike: { 'aws:SourceArn': sources } },
      };
    }),
  ];
}

/** Sids in the input `repository-policy` that are the same as those of our statements, which are recognised by their Sid. */
export function conflictingSids(asked: AskedSettings): string[] {
  const ours = pullStatements(asked, ownerOf(''));
  return statementsIn(asked.repositoryPolicy).flatMap(({ Sid }) =>
    Sid !== undefined && ours.some(each => each.Sid === Sid) ? [Sid] : [],
  );
}

/**
 * The repository policy that the inputs ask for, as JSON text; `undefined` if they ask for none. Without `repository-policy`
 * the statements of the current policy stay, except for ours, which are recognised by their Sid and replaced.
 */
export function policyFor(asked: AskedSettings, owner: Owner, found: string | undefined): string | undefined {
  const ours = pullStatements(asked, owner);
  const given = asked.repositoryPolicy;
  if (given === undefined && ours.length === 0) return undefined;
  const base: RepositoryPolicy = JSON.parse(given ?? found ?? '{}');
  const others =
    given === undefined
      ? statementsIn(found).filter(({ Sid }) => !ours.some(each => each.Sid === Sid))
      : statementsIn(given);
  return JSON.stringify({ Version: '2012-10-17', ...base, Statement: [...others, ...ours] });
}

interface RepositoryPolicy {
  Version?: string;
  Statement?: RepositoryPolicyStatement | RepositoryPolicyStatement[];
}

function statementsIn(text = '{}'): RepositoryPolicyStatement[] {
  const { Statement: statements = [] }: RepositoryPolicy = JSON.parse(text);
  return [statements].flat();
}

/**
 * A policy in which each account is given by its ARN. IAM takes the ID of an account for the same, and mostly answers with the
 * ARN.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function normalizePolicy(text: string, { partition }: Owner): unknown {
  const policy: RepositoryPolicy = JSON.parse(text);
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
