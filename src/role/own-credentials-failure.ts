import { explain, isTransient } from '../aws/client.ts';
import { describeFailure, Failure } from '../platform/failure.ts';
import { variableWithCredentials } from './own-credentials.ts';

/** Why the default chain of the SDK found no credentials of the job's own, and what to do about it. */
export function ownCredentialsFailure(error: unknown, region: string): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^(ENOENT|EACCES|EISDIR|ENOTDIR|EPERM)$/.test(code)) {
    return new Failure(`The job's AWS credentials cannot be read: ${describeFailure(error)}.`, {
      remedy: `Look at ${variableWithCredentials(process.env) ?? 'the AWS configuration of this machine'}: in a job in a container the file has to be there, or set \`role-to-assume\` and \`permissions: id-token: write\`.`,
      cause: error,
    });
  }
  return explain(error, 'Finding AWS credentials', {
    region,
    // What the chain itself calls is STS, for a web identity token file or a profile with a role.
    denied: () =>
      "The trust policy of the role that the job's AWS settings name (AWS_ROLE_ARN, or a profile) has to admit this machine: for IRSA the pod's service account, by the cluster's own OIDC provider.",
  });
}

/**
 * Finds the job's own credentials before the call that they sign, so that a fault of theirs is not explained as one of the call.
 * A fault that passes by itself is thrown as it is, for the caller to try again.
 */
export async function findOwnCredentials(find: () => Promise<unknown>, region: string): Promise<void> {
  await find().catch(error => {
    throw isTransient(error) ? error : ownCredentialsFailure(error, region);
  });
}
