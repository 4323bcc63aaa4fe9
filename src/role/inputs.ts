import type { RunnerEnvironment } from '../commit/short-sha.ts';
import * as parsers from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import * as validators from '../validation/validators.ts';
import { jobTagsOf, spareKeys } from './job-tags.ts';
import { readKeys } from './key-inputs.ts';
import { issuerOf } from './oidc-subject.ts';
import { MAX_CHAINED_SESSION_SECONDS } from './plan.ts';
import type { RoleInputs } from './plan.ts';
import { policyOf, tagsOf } from './session-parsers.ts';

const MIN_SESSION_SECONDS = 900;
const DEFAULT_SESSION_SECONDS = 3_600;
const MAX_SESSION_SECONDS = 43_200;

interface ReadRoleOptions {
  /** Whether the run makes calls to AWS; one that makes none needs no region. */
  callsAws: boolean;
  /** The variable AWS_REGION of the job. */
  jobRegion: string | undefined;
  /** The variables of the runner. */
  environment: RunnerEnvironment;
  /** Answers the text itself, or the content of the file that it names. */
  contentOf(text: string): parsers.Parsed<string>;
}

/** Reads the inputs about the role and the credentials. */
export function readRole(
  reader: InputReader,
  { callsAws, jobRegion, environment, contentOf }: ReadRoleOptions,
): RoleInputs {
  const arns = reader.list('role-to-assume', parsers.parseLines, validators.roleArn);
  const chaining = reader.read('role-chaining', parsers.parseBoolean, false);
  const { keys, isMeant } = readKeys(reader);
  const chained = arns.length > 1 || (chaining && !isMeant && arns.length > 0);
  const sessionName = reader.optional('role-session-name', validators.sessionName);
  const externalId = reader.optional('role-external-id', validators.externalId);
  const sessionPolicy = reader.read(
    'inline-session-policy',
    text => parsers.parseFurther(contentOf(text), policyOf),
    undefined,
  );
  const customTags = reader.read('custom-tags', tagsOf, {});
  const tagsSession = !reader.read('role-skip-session-tagging', parsers.parseBoolean, true);
  const jobTags = tagsSession ? jobTagsOf(environment) : {};
  const proxy = readProxy(reader);
  const noProxy = reader.optional('no-proxy', validators.anything);
  const inputs: RoleInputs = {
    region: callsAws ? reader.text('aws-region', validators.region, jobRegion) : (jobRegion ?? ''),
    arns,
    chaining,
    ...(keys !== undefined && { keys }),
    ...(sessionName !== undefined && { sessionName }),
    durationSeconds: reader.read(
      'role-duration-seconds',
      // A session of a chained role lasts one hour at most.
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
      text =>
        parsers.parseWholeNumber(text, {
          min: MIN_SESSION_SECONDS,
          max: chained ? MAX_CHAINED_SESSION_SECONDS : MAX_SESSION_SECONDS,
        }),
      DEFAULT_SESSION_SECONDS,
    ),
    audience: reader.optional('audience', validators.anything) ?? 'sts.amazonaws.com',
    issuer: issuerOf(environment['GITHUB_SERVER_URL'] ?? ''),
    ...(externalId !== undefined && { externalId }),
    ...(sessionPolicy !== undefined && { sessionPolicy }),
    sessionPolicyArns: reader.list('managed-session-policies', parsers.parseLines, validators.policyArn),
    tags: { ...jobTags, ...customTags },
    spareTagKeys: tagsSession ? spareKeys : [],
    transitiveTagKeys: reader.list('transitive-tag-keys', parsers.parseLines, validators.anything),
    allowedAccountIds: reader.list('allowed-account-ids', parsers.parseList, validators.accountId),
    exportCredentials: reader.read('output-env-credentials', parsers.parseBoolean, false),
    masksAccountId: reader.read('mask-aws-account-id', parsers.parseBoolean, false),
    ...(proxy !== undefined && { proxy }),
    ...(noProxy !== undefined && { noProxy }),
  };
  const isSigned = chained || (isMeant && arns.length > 0);
  rejectUnusedInputs(reader, inputs, { isSigned, customTags, tagsSession });
  rejectTagsOfJob(reader, { customTags, jobTags });
  return inputs;
}

/** Reads the address of the proxy. An invalid address may contain a password, so the error does not show that part. */
function readProxy(reader: InputReader): string | undefined {
  const proxy = reader.optional('http-proxy', validators.anything);
  const fault = proxy === undefined ? undefined : (validators.proxy(proxy) ?? encodingFault(proxy));
  if (proxy !== undefined && fault) reader.reject('http-proxy', proxy.replace(/^.*@/s, '…@'), fault);
  return proxy;
}

/** Rejects an address whose host or password nobody can read, such as one with a percent sign that encodes nothing. */
function encodingFault(proxy: string): { problem: string; remedy: string } | undefined {
  try {
    const { username, password } = new URL(proxy);
    decodeURIComponent(username + password);
    return undefined;
  } catch {
    return {
      problem: 'is an address that cannot be read',
      remedy:
        'Give it as http://user:password@host:port, and write special characters of user and password as %xx: `%25` is a percent sign, `%40` an @.',
    };
  }
}

const TRANSITIVE_REMEDY =
  'Add it there, or leave it out here. With `role-skip-session-tagging: false` the tags of the job are keys too.';

/** STS takes a key once, in whatever case it is written, and 50 tags. */
function rejectTagsOfJob(
  reader: InputReader,
  { customTags, jobTags }: { customTags: Record<string, string>; jobTags: Record<string, string> },
): void {
  const taken = new Set(Object.keys(jobTags).map(key => key.toLowerCase()));
  for (const key of Object.keys(customTags).filter(each => taken.has(each.toLowerCase()))) {
    reader.reject('custom-tags', key, {
      problem: 'is a tag of the job already',
      remedy: 'Give it another key, or leave `role-skip-session-tagging: false` out.',
    });
  }
  const count = taken.size + Object.keys(customTags).length;
  if (taken.size > 0 && count > 50) {
    reader.reject('custom-tags', `${count} tags with those of the job`, {
      problem: 'are too many',
      remedy: 'STS takes 50 at most.',
    });
  }
}

/** Rejects inputs that would have no effect without another input. */
function rejectUnusedInputs(
  reader: InputReader,
  inputs: RoleInputs,
  /** Whether a role is assumed by keys or by another role, which takes an external id and tags. */
  {
    isSigned,
    customTags,
    tagsSession,
  }: { isSigned: boolean; customTags: Record<string, string>; tagsSession: boolean },
): void {
  const { arns, chaining, externalId, sessionPolicy, sessionPolicyArns, tags, transitiveTagKeys } = inputs;
  const refuse = (input: string, value: string, problem: string, remedy: string): void =>
    reader.reject(input, value, { problem, remedy });
  const [policyArn] = sessionPolicyArns;
  const chain =
    "A role that GitHub's OIDC assumes takes none. Where credentials of the job assume the role, set `role-chaining: true`; where another role does, give both in `role-to-assume`, that one first, one a line.";
  if (chaining && arns.length === 0) {
    refuse('role-chaining', 'true', 'names no role', 'Name the role in `role-to-assume`.');
  }
  if (externalId !== undefined && !isSigned) {
    refuse('role-external-id', externalId, 'is for a chained role, and there is none', chain);
  }
  if (Object.keys(customTags).length > 0 && !isSigned) {
    refuse('custom-tags', JSON.stringify(customTags), 'are for a chained role, and there is none', chain);
  }
  if (tagsSession && !isSigned) {
    refuse('role-skip-session-tagging', 'false', 'tags a chained role, and there is none', chain);
  }
  for (const key of transitiveTagKeys.filter(each => !Object.hasOwn(tags, each))) {
    refuse('transitive-tag-keys', key, 'is no key of `custom-tags`', TRANSITIVE_REMEDY);
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
