/** Why a push failed, by what the registry said: clients render the prefix differently, so only the text counts. */
export type PushFault =
  | 'expired-login'
  | 'throttled'
  | 'unreachable'
  | 'immutable-tag'
  | 'missing-repository'
  | 'not-permitted'
  | 'other';

const signs: [PushFault, RegExp][] = [
  ['immutable-tag', /cannot be overwritten because the tag is immutable/],
  ['missing-repository', /The repository with name '[^']*' does not exist in the registry/],
  ['not-permitted', /is not authorized to perform: ecr:/],
  ['expired-login', /Your authorization token has expired|no basic auth credentials/],
  ['throttled', /toomanyrequests|Rate exceeded/i],
  [
    'unreachable',
    /(failed to push|failed to do request|unexpected status from (PUT|POST|HEAD|PATCH) request).*(connection re(set|fused)|broken pipe|EOF|i\/o timeout|TLS handshake timeout|50[0234] )/,
  ],
];

/** Judges the output of a failed `buildx build --push`. https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors-docker.html */
export function pushFaultOf(output: string): PushFault {
  return signs.find(([, sign]) => sign.test(output))?.[0] ?? 'other';
}

/** Faults that pass: a new login and the same command again mend them, and only the push is repeated. */
export function passes(fault: PushFault): boolean {
  return fault === 'expired-login' || fault === 'throttled' || fault === 'unreachable';
}

const remedies: Record<PushFault, string> = {
  'immutable-tag':
    'This commit has been pushed before, and its tag cannot move. Push another commit, delete that tag in ECR, or make the repository mutable.',
  'missing-repository': 'The repository was deleted while the image was built: run the job again.',
  'not-permitted':
    'Allow the action that the message names in a policy of the role; the README lists all that are needed.',
  'expired-login': 'Docker lost its login while it pushed: check that no other step logs it out.',
  throttled: 'ECR throttles this registry: let fewer jobs push at once, and run this one again.',
  unreachable:
    'The registry could not be reached in three tries: check the network of the runner, and run the job again.',
  other: 'The output of the build above says which step failed and why.',
};

/** What the reader can do about it. */
export function remedyOf(fault: PushFault): string {
  return remedies[fault];
}
