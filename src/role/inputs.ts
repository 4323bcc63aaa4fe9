import * as check from '../validation/validators.ts';
import type { Door } from '../validation/reader.ts';
import * as field from '../validation/parsers.ts';
import { policyOf, tagsOf } from './session-parsers.ts';
import type { RoleInputs } from './plan.ts';

interface Surroundings {
  /** A build that pushes nothing speaks to nobody, and needs no region. */
  push: boolean;
  /** The job's own AWS_REGION. */
  jobRegion: string | undefined;
  /** The text itself, or that of the file which it names. */
  contentOf(text: string): string;
}

/** Reads the inputs about who the step is to AWS. */
export function readRole(door: Door, { push, jobRegion, contentOf }: Surroundings): RoleInputs {
  const arns = door.list('role-to-assume', field.linesOf, check.roleArn);
  const chaining = door.read('role-chaining', field.flagOf, false);
  const chained = arns.length > 1 || (chaining && arns.length > 0);
  const sessionName = door.optional('role-session-name', check.sessionName);
  const externalId = door.optional('role-external-id', check.externalId);
  const sessionPolicy = door.read('inline-session-policy', text => policyOf(contentOf(text)), undefined);
  const proxy = readProxy(door);
  const noProxy = door.optional('no-proxy', check.anything);
  const inputs: RoleInputs = {
    region: push ? door.text('aws-region', check.region, jobRegion) : (jobRegion ?? ''),
    arns,
    chaining,
    ...(sessionName !== undefined && { sessionName }),
    durationSeconds: door.read(
      'role-duration-seconds',
      // A chained role has one hour at most.
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
      text => field.wholeNumberOf(text, { min: 900, max: chained ? 3_600 : 43_200 }),
      3_600,
    ),
    audience: door.optional('audience', check.anything) ?? 'sts.amazonaws.com',
    ...(externalId !== undefined && { externalId }),
    ...(sessionPolicy !== undefined && { sessionPolicy }),
    sessionPolicyArns: door.list('managed-session-policies', field.linesOf, check.policyArn),
    tags: door.read('custom-tags', tagsOf, {}),
    transitiveTagKeys: door.list('transitive-tag-keys', field.linesOf, check.anything),
    allowedAccountIds: door.list('allowed-account-ids', field.itemsOf, check.accountId),
    exportCredentials: door.read('output-env-credentials', field.flagOf, false),
    ...(proxy !== undefined && { proxy }),
    ...(noProxy !== undefined && { noProxy }),
  };
  refuseWhatWouldBeIgnored(door, inputs, { chained });
  return inputs;
}

/** A mistaken address may have a password in it, so that part is not shown. */
function readProxy(door: Door): string | undefined {
  const proxy = door.optional('http-proxy', check.anything);
  const fault = proxy === undefined ? undefined : check.proxy(proxy);
  if (proxy !== undefined && fault) door.fault('http-proxy', proxy.replace(/^.*@/s, '…@'), fault);
  return proxy;
}

function refuseWhatWouldBeIgnored(door: Door, inputs: RoleInputs, { chained }: { chained: boolean }): void {
  const { arns, chaining, externalId, sessionPolicy, sessionPolicyArns, tags, transitiveTagKeys } = inputs;
  const refuse = (input: string, value: string, problem: string, remedy: string): void =>
    door.fault(input, value, { problem, remedy });
  const [policyArn] = sessionPolicyArns;
  const chain =
    'Give the role that is assumed first and then the one it is for, one a line, in `role-to-assume`.';
  if (chaining && arns.length === 0) {
    refuse('role-chaining', 'true', 'names no role', 'Name the role in `role-to-assume`.');
  }
  if (externalId !== undefined && !chained) {
    refuse('role-external-id', externalId, 'is for a chained role, and there is none', chain);
  }
  if (Object.keys(tags).length > 0 && !chained) {
    refuse('custom-tags', JSON.stringify(tags), 'are for a chained role, and there is none', chain);
  }
  for (const key of transitiveTagKeys.filter(each => !(each in tags))) {
    refuse('transitive-tag-keys', key, 'is no key of `custom-tags`', 'Add it there, or leave it out here.');
  }
  if (arns.length === 0 && sessionPolicy !== undefined) {
    refuse(
      'inline-session-policy',
      '…',
      'narrows a session, and no role is assumed',
      'Set `role-to-assume`.',
    );
  }
  if (arns.length === 0 && policyArn !== undefined) {
    refuse(
      'managed-session-policies',
      policyArn,
      'narrows a session, and no role is assumed',
      'Set `role-to-assume`.',
    );
  }
  if (sessionPolicyArns.length > 10) {
    refuse(
      'managed-session-policies',
      `${sessionPolicyArns.length} ARNs`,
      'are too many',
      'STS takes 10 at most.',
    );
  }
}
