import type { RequestContext } from './conditions.ts';
import type { Principal } from './identities.ts';

/** When and where a request came in. */
export interface RequestPlace {
  region: string;
  now: Date;
}

/** Everybody speaks to this world from the machine that it is on. */
const callerAddress = '127.0.0.1';

/**
 * What every request has, whoever makes it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function placeContext({ region, now }: RequestPlace): RequestContext {
  return {
    'aws:CurrentTime': now.toISOString(),
    'aws:EpochTime': String(Math.floor(now.getTime() / 1000)),
    'aws:RequestedRegion': region,
    // A service answers over TLS alone; that this one does not is its own affair.
    'aws:SecureTransport': 'true',
    'aws:SourceIp': callerAddress,
  };
}

/** What a request has of the one who signed it. */
export function principalContext(principal: Principal): RequestContext {
  const { arn, roleArn, accountId, userId } = principal;
  return {
    'aws:PrincipalAccount': accountId,
    'aws:PrincipalArn': roleArn ?? arn,
    'aws:PrincipalType': roleArn === undefined ? 'User' : 'AssumedRole',
    'aws:userid': userId,
    ...principal.context,
  };
}

/** The tags that a request would put on something or take off it: their values, and all of their keys. */
export function requestTagContext(
  tags: { Key: string; Value: string }[],
  keys: string[] = [],
): RequestContext {
  const named = [...tags.map(({ Key }) => Key), ...keys];
  return {
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
    ...(named.length > 0 ? { 'aws:TagKeys': named } : {}),
  };
}

/** The tags that something has, by the service's own key and by the one that all services share. */
export function resourceTagContext(tags: Readonly<Record<string, string>>, service: string): RequestContext {
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) => [
      [`aws:ResourceTag/${key}`, value],
      [`${service}:ResourceTag/${key}`, value],
    ]),
  );
}
