import type { AccessKey } from '../identities.ts';
import type { WireRequest } from '../signature.ts';
import type { Members } from './answer.ts';
import { checkParameters } from './parameters.ts';
import type { Parameters } from './parameters.ts';
import { assumeRole, assumeRoleWithWebIdentity, getCallerIdentity } from './sts.ts';
import type { StsContext } from './sts.ts';

/** A request of the query protocol. */
export interface QueryRequest {
  operation: string;
  parameters: Parameters;
}

/** The one operation that nobody signs: its token is what proves the caller. */
export function isUnsigned(operation: string): boolean {
  return operation === 'AssumeRoleWithWebIdentity';
}

/** A request's operation and parameters, from its form body or, for GET, from its query. */
export function readQuery(request: WireRequest): QueryRequest {
  const query = request.path.split('?')[1] ?? '';
  const form = new URLSearchParams(request.method === 'POST' ? request.body.toString('utf8') : query);
  const { Action: operation = '', Version: _version, ...parameters } = Object.fromEntries(form);
  return { operation, parameters: new Map(Object.entries(parameters)) };
}

/**
 * Carries out an STS operation; `findCaller` is asked where the operation needs a caller.
 *
 * @throws {Refusal}
 */
export async function performSts(
  context: StsContext,
  { operation, parameters }: QueryRequest,
  { findCaller }: { findCaller: () => AccessKey },
): Promise<Members> {
  if (isUnsigned(operation)) {
    checkParameters(operation, parameters);
    return await assumeRoleWithWebIdentity(context, parameters);
  }
  const caller = findCaller();
  checkParameters(operation, parameters);
  return operation === 'AssumeRole' ? assumeRole(context, parameters, caller) : getCallerIdentity(caller);
}
