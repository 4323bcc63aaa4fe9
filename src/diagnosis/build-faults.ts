import type { FailedPlace, Place } from './failed-place.ts';
import { certificateRemedy } from './fault.ts';
import type { Fault } from './fault.ts';

/** A known reason why a build fails. */
export interface BuildFault extends Fault {
  at: readonly Place[];
  /** How many times the same build is worth trying again; absent where it is not. */
  retries?: number;
}

/** Where a registry is asked for an image. */
const lookups = ['image', 'syntax'] as const;

const loginRemedy =
  'Log in to that registry in a step before this one, by `docker/login-action` or `docker login`, which this step keeps; name one of ECR in `login-registries` instead, as 123456789012@eu-west-1.';

/** The first fault whose place and pattern fit is the one. */
export const buildFaults: readonly BuildFault[] = [
  {
    name: 'registry not logged in',
    at: lookups,
    pattern:
      /\b401 Unauthorized|failed to authorize: .*\b403 |pull access denied|no basic auth credentials|authorization token has expired/,
    examples: [
      'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
      'failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=…: 401 Unauthorized',
      'unexpected status from HEAD request to https://123456789012.dkr.ecr.eu-central-1.amazonaws.com/v2/base/manifests/1: 401 Unauthorized',
    ],
    why: 'The image is private, or there is none of this name, which many registries do not tell apart. This step logs in to the registry that it pushes to and to those of `login-registries`, and to no other.',
    remedy: `Check the name. ${loginRemedy}`,
  },
  {
    name: 'image may not be pulled',
    at: lookups,
    pattern: /\b403 Forbidden|^denied: |is not authorized to perform: ecr:/,
    examples: [
      'unexpected status from HEAD request to https://123456789012.dkr.ecr.eu-central-1.amazonaws.com/v2/base/manifests/1: 403 Forbidden',
      'denied: User: arn:aws:sts::123456789012:assumed-role/ci/s is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-central-1:123456789012:repository/base',
    ],
    why: 'The registry knows who asks, and does not let them pull this image. Below the prefix of a pull-through cache rule the role needs ecr:BatchImportUpstreamImage too and, for the first pull of an image, ecr:CreateRepository.',
    remedy:
      'In ECR allow ecr:BatchGetImage and ecr:GetDownloadUrlForLayer on the repository of the base image, to the role and, for another account, in the policy of that repository: `dry-run: true` prints what the role needs. A pull-through cache needs a secret that the upstream registry takes, too. Elsewhere give the login the right to read it.',
  },
  {
    name: 'platform that the base image lacks',
    at: lookups,
    pattern: /no match for platform in manifest|no matching manifest for /,
    examples: ['no match for platform in manifest: not found'],
    why: 'The base image has no variant for a platform that is built.',
    remedy:
      'Leave that platform out of `platforms`, or take a base image that has it: `docker buildx imagetools inspect IMAGE` lists the platforms of one. A stage that only runs tools can be `FROM --platform=$BUILDPLATFORM`.',
  },
  {
    name: 'certificate of a registry',
    at: ['image', 'syntax', 'step'],
    pattern: /x509: |failed to verify certificate/,
    examples: [
      'failed to do request: Head "https://registry.example.com/v2/base/manifests/1": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    ],
    why: "The builder does not trust who signed the registry's certificate: an authority of one's own, or a proxy that opens TLS connections.",
    remedy: certificateRemedy,
  },
  {
    name: 'registry without TLS',
    at: lookups,
    pattern: /server gave HTTP response to HTTPS client/,
    examples: [
      'failed to do request: Head "https://registry.example.com/v2/base/manifests/1": http: server gave HTTP response to HTTPS client',
    ],
    why: 'The registry answers without TLS, and the builder does not speak to such a registry unless it is told to.',
    remedy:
      'Let the registry speak TLS. Or name it to the builder: in `insecure-registries` of the engine\'s daemon.json, or for `driver: docker-container` by `http = true` below `[registry."HOST"]` in `buildkitd-config-inline`.',
  },
  {
    name: 'Dockerfile syntax not found',
    at: ['syntax'],
    pattern: /not found$/,
    examples: ['docker.io/docker/dockerfile:9: not found'],
    why: "The line `# syntax=` at the top of the Dockerfile, or the build argument BUILDKIT_SYNTAX, names an image that reads the Dockerfile, and it can't be had.",
    remedy:
      'Name one that exists, such as `docker/dockerfile:1`, or leave the line out: BuildKit has a syntax of its own.',
  },
  {
    name: 'image not found',
    at: ['image'],
    pattern: /not found$/,
    examples: ['docker.io/library/alpine:3.999: not found'],
    why: 'The registry has no image of this name and tag.',
    remedy:
      'Check name and tag after `FROM`, `COPY --from=` and in `build-contexts`, and the build arguments in them.',
  },
  {
    name: 'file not found',
    at: ['step'],
    pattern: /^failed to calculate checksum of ref \S+: "": not found|^lstat .*: no such file or directory$/,
    examples: ['failed to calculate checksum of ref x::y: "/dist/app.js": not found'],
    why: '`COPY`, `ADD` or `RUN --mount=type=bind` names a file or folder that the build does not see. Paths are relative to `context` and not to the folder of the Dockerfile; what `.dockerignore` names is left out, and `..` leads nowhere.',
    remedy:
      'Correct the path or `context`, take the pattern out of `.dockerignore`, or make the file in a step before this one.',
  },
  {
    name: 'file that may not be read',
    at: ['step', 'no step'],
    pattern: /\berror from sender: .*permission denied$/,
    examples: ['error from sender: open /srv/app/data: permission denied'],
    why: 'A file or folder of the context belongs to somebody else, often as a container of an earlier job or step has made it.',
    remedy:
      'Remove it, give it to the user of the runner (`sudo chown -R "$USER" .`) in a step before this one, or leave it out by `.dockerignore`.',
  },
  {
    // A process that is killed by SIGKILL ends with 128 + 9; where BuildKit saw the kernel do it, it says so.
    name: 'out of memory',
    at: ['process'],
    pattern: /: exit code: 137$|: cannot allocate memory$/,
    examples: [
      'process "/bin/sh -c npm run build" did not complete successfully: exit code: 137',
      'process "/bin/sh -c npm run build" did not complete successfully: cannot allocate memory',
    ],
    why: 'Exit code 137 means that the process was killed, nearly always as the machine of the builder had no memory left.',
    remedy:
      'Use a runner with more memory, let the instruction do less at once (`make -j2`, `NODE_OPTIONS=--max-old-space-size=…`), or build fewer platforms in one job: `mode: build` and `mode: merge`.',
  },
  {
    name: 'exec format error',
    at: ['process', 'step'],
    pattern: /exec format error/,
    examples: [
      'exec /bin/sh: exec format error',
      'process "/bin/sh -c apk add curl" did not complete successfully: exec format error',
    ],
    why: "The instruction runs programs of a platform that the builder's machine is not of, and nothing there emulates it. A program that was copied in for another platform, and a script without a `#!` line, end so too. Often only the output of the instruction says so.",
    remedy:
      'Put `docker/setup-qemu-action` before this step, or build each platform on a runner of its kind, by `mode: build` and `mode: merge`.',
  },
  {
    name: 'secret without a value',
    at: ['process', 'step'],
    pattern: /^secret .*: not found$/,
    examples: ['secret npm: not found'],
    why: 'A `RUN --mount=type=secret,required` asks for a secret that the step was not given, or that is empty: GitHub gives no secrets to pull requests from forks and of Dependabot, and an unknown name in `${{ secrets.… }}` is an empty text.',
    remedy:
      'Give it as a line ID=value in `secrets`, by `secret-envs` or by `secret-files`. Where it may be absent, leave `required` out of the mount.',
  },
  {
    name: 'SSH without a key',
    at: ['process', 'step'],
    pattern: /^unset ssh forward key /,
    examples: ['unset ssh forward key default'],
    why: 'A `RUN --mount=type=ssh,required` asks for an agent or a key that the step was not given.',
    remedy:
      'Give `ssh: default` after a step that starts an agent, or the path of a key as `ssh: default=path`; the id is the one of the mount.',
  },
  {
    name: 'git repository not read',
    at: ['step', 'no step'],
    pattern: /^(?:failed to load cache key: )?failed to fetch remote /,
    examples: [
      'failed to fetch remote https://github.com/octo-org/tools.git: git stderr: fatal: could not read Username',
    ],
    why: 'BuildKit could not clone a repository that `context`, `build-contexts` or `ADD` names.',
    remedy:
      "Check address and commit. A private repository needs a token that may read it, as `secrets: GIT_AUTH_TOKEN=…`; `github-token` is for this job's own repository alone.",
  },
  {
    name: 'download failed',
    at: ['step'],
    pattern: /^invalid response status \d+/,
    examples: ['invalid response status 404'],
    why: '`ADD` of a URL got an error from its server.',
    remedy: 'Check the URL, and that it needs no login: `ADD` sends none.',
  },
  {
    name: 'disk full',
    at: ['image', 'syntax', 'step', 'process', 'export', 'cache', 'no step'],
    pattern: /no space left on device/,
    examples: [
      'failed to extract layer sha256:…: write /var/lib/docker/…/libtorch.so: no space left on device',
    ],
    why: "The disk of the builder's machine is full.",
    remedy:
      'Free space in a step before this one (`docker system prune -af`, which removes images of other jobs on a shared machine too, or `docker buildx prune -af --builder NAME` for a builder of its own; on a hosted runner also tools that the job does not use), take a runner with a larger disk, or build fewer platforms in one job. What a `RUN` says of a full disk is in its own output.',
  },
  {
    name: 'unknown stage',
    at: ['no step'],
    pattern:
      /^target stage "" could not be found|^invalid stage index |^cannot (?:copy|mount) from stage ""|^circular dependency detected on stage/,
    examples: ['target stage "prod" could not be found', 'invalid stage index 5'],
    why: 'The Dockerfile has no stage of this name or number, or has it only further down.',
    remedy: 'Correct `target`, or what follows `COPY --from=`, to the name in a `FROM … AS name` above.',
  },
  {
    name: 'Dockerfile not found',
    at: ['no step'],
    pattern: /^failed to read dockerfile: |^unable to (?:prepare|evaluate) /,
    examples: ['failed to read dockerfile: open Dockerfile: no such file or directory'],
    why: 'There is no Dockerfile where it was looked for. With a context in git that is in the repository, seen from the folder that the context names.',
    remedy: 'Correct `file` or `context`.',
  },
  {
    name: 'Dockerfile with a fault',
    at: ['no step'],
    pattern:
      /^dockerfile parse error|^file with no instructions|^the Dockerfile cannot be empty|^failed to parse /,
    examples: ['dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)'],
    why: 'BuildKit does not understand the Dockerfile.',
    remedy:
      'Correct the line that the message names. Where it is a newer instruction or option, write `# syntax=docker/dockerfile:1` as the first line.',
  },
  {
    name: 'build argument without a value',
    at: ['no step'],
    pattern: /^base name \(.*\) should not be blank|^failed to process "": /,
    examples: [
      'base name (${BASE_IMAGE}) should not be blank',
      'failed to process "${VERSION:?is needed}": VERSION: is needed',
    ],
    why: 'The Dockerfile uses a build argument that has no value.',
    remedy:
      'Give NAME=value in `build-args`, or a default after `ARG`. One that `FROM` uses is declared above the first `FROM`.',
  },
  {
    name: 'build check that fails',
    at: ['no step'],
    pattern: /^lint violation found for rules: /,
    examples: ['lint violation found for rules: MaintainerDeprecated'],
    why: 'The Dockerfile says `# check=error=true`, and a build check has found something; the log has its line.',
    remedy: 'Correct the line, or name the check after `skip=` in the line `# check=`.',
  },
  {
    name: 'right that the build lacks',
    at: ['no step', 'step'],
    pattern:
      /\b(?:network\.host|security\.insecure|device \S*) is not allowed|^granting entitlement \S+ is not allowed/,
    examples: ['failed to load LLB: network.host is not allowed'],
    why: 'An instruction asks for the network of the host, for all rights or for a device, which a build has to be allowed.',
    remedy:
      'Name it in `allow`, such as `allow: network.host`. A builder has to allow it too, by `buildkitd-flags: --allow-insecure-entitlement …`.',
  },
  {
    name: 'cancelled',
    at: ['no step', 'step', 'process', 'image', 'syntax', 'export'],
    pattern: /context canceled|\bCanceled\b/,
    examples: ['Canceled: context canceled'],
    why: 'Something stopped the build from outside: another process ended it or its builder.',
    remedy: 'Check that no other step or job uses or removes the same builder, and run the job again.',
  },
  {
    name: 'builder lost',
    at: ['no step'],
    pattern:
      /^buildx ended without a reason$|error reading from server|transport is closing|closing transport|code = Unavailable|connection (?:refused|reset)|broken pipe|\bEOF$/,
    examples: [
      'failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF',
      'buildx ended without a reason',
    ],
    why: 'BuildKit or buildx ended in the middle of the build, or the connection between them did. Often its machine had no memory left, or its disk is full.',
    remedy:
      'Run the job again. If that happens often, use a machine with more memory, and read the log of the builder: `docker logs buildx_buildkit_NAME0`, or that of the engine.',
  },
  {
    name: 'cache not written',
    at: ['cache'],
    pattern: /./,
    examples: [
      'failed to push registry.example.com/cache: unexpected status from POST request to https://…: 403 Forbidden',
    ],
    why: 'A line of `cache-to` in the words of buildx could not be written, and it does not say that this may happen.',
    remedy:
      'Add `ignore-error=true` to that line, so that the build goes on without it, and check address and login of the cache. A tag of an immutable repository is written once: leave the line out, or name one that may move, such as `buildcache`.',
  },
];

/** Finds out why a build failed, from where it failed and what BuildKit says; never from what an instruction prints. */
export function findBuildFault(failed: FailedPlace): BuildFault | undefined {
  return buildFaults.find(({ at, pattern }) => at.includes(failed.place) && pattern.test(failed.words));
}
