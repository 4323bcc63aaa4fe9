import type { BuildFailure, FailedStep } from '../docker/build-failure.ts';
import { sayTime } from '../docker/transfer-watch.ts';
import type { Stall } from '../docker/transfer-watch.ts';
import { fetchErrorPattern } from './cache-faults.ts';
import { certificateRemedy } from './fault.ts';
import type { Fault, FoundFault } from './fault.ts';

/** A known reason why a push fails. */
export interface PushFault extends Fault {
  /** How many times a new login and the same command are worth trying; that repeats only the push. */
  retries: number;
}

/**
 * The first fault whose words the registry says is the one.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors-docker.html
 */
export const pushFaults: readonly PushFault[] = [
  {
    // ECR's older words say that the repository is immutable.
    name: 'immutable tag',
    pattern: /cannot be overwritten because the (?:tag|repository) is immutable/,
    retries: 0,
    examples: [
      "The image tag 't' already exists in the 'team/app' repository and cannot be overwritten because the tag is immutable.",
      "tag invalid: The image tag 't' already exists in the 'team/app' repository and cannot be overwritten because the repository is immutable.",
    ],
    why: 'Another image has this tag already, and the repository lets no tag move.',
    remedy:
      "This commit has been pushed before, and its tag cannot move. If both images are wanted: give each a tag of its own by `flavor`, such as `flavor: suffix=-alpine`, which is part of the commit's tag too. Else push another commit, or delete that tag in ECR.",
  },
  {
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html
    name: 'too many tags',
    pattern: /exceeds the maximum allowed number of tags per image/,
    retries: 0,
    examples: [
      "denied: Adding tag 't' to an image in the repository with name 'team/app' in registry with id '123456789012' exceeds the maximum allowed number of tags per image which is '1000'",
    ],
    why: 'ECR allows a limited number of tags for one image.',
    remedy:
      "The build gives the same image for many commits, and this one has as many tags as ECR allows: delete some of them. By default labels have the commit's SHA, and each commit an image of its own.",
  },
  {
    name: 'too many images',
    pattern: /already has the maximum allowed number of images/,
    retries: 0,
    examples: [
      "denied: The repository with name 'team/app' in registry with id '123456789012' already has the maximum allowed number of images which is '100000'",
    ],
    why: 'ECR allows a limited number of images in one repository. Each platform, each attestation and each signature counts as an image.',
    remedy:
      'Let a lifecycle policy remove old images (`lifecycle-policy`), delete some now, or ask for a higher quota “Images per repository” in Service Quotas.',
  },
  {
    name: 'missing repository',
    pattern: /The repository with name '[^']*' does not exist in the registry/,
    retries: 0,
    examples: [
      "name unknown: The repository with name 'team/app' does not exist in the registry with id '123456789012'",
    ],
    why: 'The repository was there when the step began.',
    remedy: 'The repository was deleted while the image was built: run the job again.',
  },
  {
    name: 'missing permission',
    // Of KMS and Signer too, which ECR calls in the role's name.
    pattern: /is not authorized to perform: (ecr|kms|signer):/,
    retries: 0,
    examples: [
      'denied: User: arn:aws:sts::123456789012:assumed-role/ci/s is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws:ecr:eu-central-1:123456789012:repository/team/app',
    ],
    why: "No policy of the role allows the action, or another one denies it: a service control policy, a permissions boundary, the repository's own policy or that of a VPC endpoint.",
    remedy:
      'Allow the action that the message names in a policy of the role; the README lists all that are needed.',
  },
  {
    name: 'expired login',
    pattern: /Your authorization token has expired|no basic auth credentials/,
    retries: 2,
    examples: ['denied: Your authorization token has expired. Reauthenticate and try again.'],
    why: 'A login lasts for 12 hours. The step logged in again, and the registry refused that login too.',
    remedy:
      'The registry refused three logins in a row: check the clock of a self-hosted runner, and that nothing revokes the sessions of the role; then run the job again.',
  },
  {
    // The answer to a HEAD request has no text. The login has expired or a permission is missing; one more try shows which.
    name: 'refused without a reason',
    pattern: /unexpected status from HEAD request to \S+: (401 Unauthorized|403 Forbidden)/,
    retries: 1,
    examples: [
      'unexpected status from HEAD request to https://123456789012.dkr.ecr.eu-central-1.amazonaws.com/v2/team/app/blobs/sha256:…: 403 Forbidden',
    ],
    why: 'The answer to this kind of request has no text, so the registry cannot say what is missing.',
    remedy:
      'The role may not ask the registry what is there: allow ecr:BatchCheckLayerAvailability, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer on the repository.',
  },
  {
    // ECR words some refusals and not others: https://github.com/aws/containers-roadmap/issues/2159
    name: '403 without a reason',
    pattern: /unexpected status from (?:POST|PUT|PATCH) request to \S+: 403 Forbidden\s*$/,
    retries: 1,
    examples: [
      'unexpected status from PUT request to https://123456789012.dkr.ecr.eu-central-1.amazonaws.com/v2/team/app/manifests/t: 403 Forbidden',
    ],
    why: 'Something refused the upload and did not say why: ECR itself, whose quotas of images and tags are sometimes told so, or a proxy or the policy of a VPC endpoint before it.',
    remedy:
      'Check the number of images in the repository against its quota (10,000 or more), the policy of a VPC endpoint and a proxy on the way, and that the role may ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload and ecr:PutImage.',
  },
  {
    // https://github.com/moby/buildkit/issues/6171
    name: 'attestations refused',
    pattern: /405 Method Not Allowed|(?:^|: )unsupported\b/,
    retries: 0,
    examples: [
      'unexpected status from PUT request to https://registry.example.com/v2/team/app/manifests/sha256:…: 405 Method Not Allowed',
    ],
    why: 'The registry knows no manifests of this kind, which provenance and SBOM need.',
    remedy: 'The registry does not take this kind of manifest: set `provenance: false`, and no `sbom`.',
  },
  {
    name: 'throttled',
    pattern: /toomanyrequests|Rate exceeded/i,
    retries: 2,
    examples: [
      'unexpected status from PUT request to https://…: 429 Too Many Requests: toomanyrequests: Rate exceeded',
    ],
    why: 'ECR limits the requests of a registry in one region. The step waited and tried again before it gave up.',
    remedy: 'ECR throttles this registry: let fewer jobs push at once, and run this one again.',
  },
  {
    // Where two jobs on one engine name an image at the same time, containerd lets only one of them.
    name: 'named by another build',
    pattern: /^image "[^"]+": already exists$/,
    retries: 2,
    examples: ['image "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:t": already exists'],
    why: 'Two builds on the same engine named an image at the same time.',
    remedy: 'Another build on this engine gives its image the same name at this moment: run the job again.',
  },
  {
    // Builds on one engine share what it knows of layers that are on their way: https://github.com/containerd/containerd/issues/2706
    name: 'layer on its way',
    pattern: /Layers? with digests? '[^']*' required for pushing image .* do(?:es)? not exist/,
    retries: 2,
    examples: [
      "unknown: Layers with digests '[sha256:…]' required for pushing image into repository with name 'team/app' in the registry with id '123456789012' do not exist",
    ],
    why: 'Another build on the same engine was uploading this layer, so this one did not, and its manifest came first. The step tried again.',
    remedy:
      'Three tries ended so: let fewer builds of this engine push the same layers at the same moment, and run the job again.',
  },
  {
    name: 'certificate of the registry',
    pattern: /x509: |failed to verify certificate/,
    retries: 0,
    examples: [
      'failed to do request: Head "https://…": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    ],
    why: 'A proxy that opens TLS connections answers in the place of the registry, and the builder does not trust its authority.',
    remedy: certificateRemedy,
  },
  {
    name: 'host not found',
    pattern: /\bno such host\b/,
    retries: 2,
    examples: [
      'failed to do request: Head "https://123456789012.dkr.ecr-fips.eu-central-1.amazonaws.com/v2/team/app/blobs/sha256:…": dial tcp: lookup 123456789012.dkr.ecr-fips.eu-central-1.amazonaws.com on 127.0.0.53:53: no such host',
    ],
    why: 'No name server that the builder asks knows the host of the registry. ECR has FIPS hosts in some regions alone.',
    remedy:
      'Check the name servers of the runner and of the builder; and where `repository` has a dual-stack or FIPS host, that ECR has it in this region: the name alone goes to the host that ECR answers.',
  },
  {
    name: 'registry out of reach',
    pattern:
      /(connection re(set|fused)|broken pipe|EOF|i\/o timeout|TLS handshake timeout|: 50[0234] |(?:^|: )unknown: Internal|on closed pipe|use of closed network connection)/,
    retries: 2,
    examples: ['failed to do request: Put "https://…": read tcp …: connection reset by peer'],
    why: 'The connection broke or the registry answered with an error of its own, three times in a row.',
    remedy: 'Three tries did not reach the registry: check the network of the runner, and run the job again.',
  },
];

/**
 * Finds out why a push failed; `undefined` where something else failed. Only the words of the step that pushes are searched: those
 * of all others, and of buildx's last line, quote instructions and what other registries say. A layer that the push could not
 * fetch from where it lies is no fault of the push either.
 */
export function findPushFault({ step, stall }: BuildFailure): FoundFault<PushFault> | undefined {
  if (stall !== undefined) return isStalledPush({ stall }) ? stalledPush(stall) : undefined;
  const reason = step === undefined ? undefined : pushReasonIn(step);
  if (reason === undefined || fetchErrorPattern.test(reason)) return undefined;
  return pushFaults.find(({ pattern }) => pattern.test(reason));
}

/** Whether a build was interrupted as nothing of its push moved any more. */
export function isStalledPush({ stall }: Pick<BuildFailure, 'stall'>): boolean {
  return stall?.transfers.some(({ kind }) => kind === 'push') ?? false;
}

function stalledPush({ silentMs }: Stall): FoundFault<PushFault> {
  const time = sayTime(silentMs);
  return {
    name: `nothing has moved for ${time}`,
    retries: 2,
    remedy: `The registry takes connections and no bytes, ${time} long in the last of three tries: check the network of the runner and the status of ECR, or raise \`stall-timeout\` where the push is only slow.`,
  };
}

function pushReasonIn({ role, error }: FailedStep): string | undefined {
  if (role === 'push') return error;
  if (role !== 'image export') return undefined;
  return /^failed to push \S+: (.*)$/s.exec(error)?.[1] ?? /^image "[^"]+": already exists$/.exec(error)?.[0];
}
