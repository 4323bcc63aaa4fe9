import type { RequestContext } from '../conditions.ts';
import { Refusal } from '../refusal.ts';
import { requestTagContext } from '../request-context.ts';
import { listOf, valuesOf } from './parameters.ts';
import type { Parameters } from './parameters.ts';

/** The tags of a session, by key: all that it has, and those that go on to the sessions after it. */
export interface SessionTags {
  all: Readonly<Record<string, string>>;
  transitive: Readonly<Record<string, string>>;
}

/**
 * How many characters of keys and values are all of the space that STS has for them once they are packed. Nine tags of 252
 * characters took 498 per cent: https://github.com/aws-actions/configure-aws-credentials/issues/1898
 */
const packedSpace = 455;

/**
 * The tags of a new session: those of the request, and those that the caller's session hands on.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 * @throws {Refusal} InvalidParameterValue, PackedPolicyTooLarge
 */
export function sessionTagsOf(
  parameters: Parameters,
  inherited: Readonly<Record<string, string>> = {},
): SessionTags {
  const asked = listOf(parameters, 'Tags').map(({ Key = '', Value = '' }) => ({ Key, Value }));
  const transitiveKeys = valuesOf(parameters, 'TransitiveTagKeys').map(key => key.toLowerCase());
  const keys = new Set(asked.map(({ Key }) => Key.toLowerCase()));
  if (keys.size < asked.length) {
    throw invalid('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  // The wording of this one is ours; AWS's own was nowhere to be found.
  if (asked.some(({ Key, Value }) => [Key, Value].some(text => text.toLowerCase().startsWith('aws:')))) {
    throw invalid('Session tag keys and values must not begin with aws:.');
  }
  if (Object.keys(inherited).some(key => keys.has(key.toLowerCase()))) {
    throw invalid(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  if (transitiveKeys.some(key => !keys.has(key))) {
    throw invalid('The specified transitive tag key must be included in the requested tags.');
  }
  const isTransitive = (key: string) => transitiveKeys.includes(key.toLowerCase());
  const tags = asked.map(({ Key, Value }): [string, string] => [Key, Value]);
  const all = { ...inherited, ...Object.fromEntries(tags) };
  checkPackedSize(all);
  return {
    all,
    transitive: { ...inherited, ...Object.fromEntries(tags.filter(([key]) => isTransitive(key))) },
  };
}

/** What a trust policy can ask of the tags of a request. */
export function sessionTagContext(parameters: Parameters): RequestContext {
  const asked = listOf(parameters, 'Tags').map(({ Key = '', Value = '' }) => ({ Key, Value }));
  const transitiveKeys = valuesOf(parameters, 'TransitiveTagKeys');
  return {
    ...requestTagContext(asked),
    ...(transitiveKeys.length > 0 ? { 'sts:TransitiveTagKeys': transitiveKeys } : {}),
  };
}

function checkPackedSize(tags: Readonly<Record<string, string>>): void {
  const characters = Object.entries(tags).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  const percent = Math.round((characters / packedSpace) * 100);
  if (percent > 100) {
    throw new Refusal(
      'PackedPolicyTooLarge',
      `Packed size of session tags consumes ${percent}% of allotted space.`,
    );
  }
}

function invalid(message: string): Refusal {
  return new Refusal('InvalidParameterValue', message);
}
