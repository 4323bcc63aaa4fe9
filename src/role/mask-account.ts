import type { CredentialsProvider } from '../aws/client.ts';
import { openSts } from '../aws/sts.ts';
import { annotate, mask } from '../platform/actions.ts';
import { describeFailure } from '../platform/failure.ts';
import type { Job } from '../platform/job.ts';
import { callSts } from './call-sts.ts';
import { callerOf } from './credentials.ts';
import { findOwnCredentials } from './own-credentials-failure.ts';
import type { RolePlan } from './plan.ts';

/** Inputs that name the account in which the step acts. */
const accountInputs = [
  'role-to-assume',
  'source-role-to-assume',
  'allowed-account-ids',
  'registry-id',
  'repository',
  'copy-to',
  'login-registries',
];

/** Inputs with references, in which a tag may have twelve digits too, such as a date with the time. */
const referenceInputs = ['cache-repository', 'image', 'builds'];

/** Masks the account ids in the inputs; `get` answers the text of one. Not even an error about an input shows them then. */
export function maskGivenAccounts(get: (input: string) => string): void {
  maskAccountsIn(accountInputs.map(get).join('\n'));
  maskAccountsIn(referenceInputs.map(get).join('\n'), /\b\d{12}(?=\.dkr\b|:repository\/)/g);
}

/** An id is a word by itself: a digest may have twelve digits on end as well. */
function maskAccountsIn(text: string, pattern = /\b\d{12}\b/g): void {
  for (const id of new Set(text.match(pattern))) mask(id);
}

/**
 * Masks the account of the first credentials, which no input names where they are keys or the job's own, and tells what masking costs.
 * Errors of AWS name the account, so that no other call is made before.
 */
export async function maskOwnAccount(
  job: Job,
  role: Pick<RolePlan, 'source' | 'region'>,
  credentials: CredentialsProvider | undefined,
): Promise<void> {
  job.logInOrder(() =>
    annotate.notice(
      'GitHub hands on no output to other jobs in which the account id is: `image`, `tags`, `json`, `registry`, `repository-uri`, `loaded`, `metadata` and `aws-account-id`. `digest`, `version`, `platforms`, `build`, `copies` and `replicas` are without it.',
      { title: 'The account id is masked' },
    ),
  );
  if (role.source.kind === 'oidc') return;
  const sts = await openSts(role.region, { credentials, signal: job.signal });
  const ask = async () => {
    if (credentials === undefined) await findOwnCredentials(() => sts.config.credentials(), role.region);
    return callerOf(sts);
  };
  const { account } = await callSts(ask, 'sts:GetCallerIdentity', {
    isSigned: true,
    region: role.region,
    denied: () =>
      'Without it `mask-aws-account-id` cannot know the account. No permission is needed for it, so that a policy denies it: change that, or leave the input out.',
    signal: job.signal,
  }).catch(error => {
    // A profile may assume a role first, and a refusal of that names both accounts.
    maskAccountsIn(describeFailure(error));
    throw error;
  });
  mask(account);
}
