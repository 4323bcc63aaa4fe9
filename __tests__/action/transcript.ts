import type { TestContext } from 'node:test';
import type { Run } from '../world/github/runner.ts';
import { render } from '../world/github/transcript.ts';
import type { World } from '../world/world.ts';

/** What no two runs share beyond what every transcript replaces. */
const passing: [RegExp, string][] = [
  // Where the stand-ins and the engine of this machine are.
  [/^metadata: \{.*\}$/gm, 'metadata: <JSON>'],
  [/^ {2}(AWS_ENDPOINT_URL|DOCKER_CONFIG|DOCKER_HOST|PATH): .*\n/gm, ''],
  // BuildKit tells of steps that run at once in the order in which they happen to end.
  [/^(#\d+ .*)?\n/gm, ''],
  [/until \d\d:\d\d UTC/g, 'until <clock> UTC'],
  [/Docker \S+ with buildx \S+/g, 'Docker <version> with buildx <version>'],
  [/(?<=inputs=\S*:)[0-9a-f]{16}/g, '<hash>'],
  [/ecr-image-\w{6}(?=\/|$)/gm, 'ecr-image-<random>'],
  [/^(Waiting for the scan of .*) \(.*\)$/gm, '$1 (<duration>)'],
  [/^(Waiting .*)\n(\1\n)+/gm, '$1\n'],
  [/: [\d.]+ [kM]B restored/g, ''],
  [/`sha256:[0-9a-f]{12}`/g, '`<short digest>`'],
  // What is found in the cache as a whole is told by its last step alone.
  [/^\| \\\[.* \| (cached|run) \|\n/gm, ''],
  [/\d+ of \d+ steps were cached/g, '<n> of <n> steps were cached'],
  [/, (no time|about [\d.]+ s) saved against the last cold build \([\d.]+ s\)/g, ''],
  // Whether a build is cold depends on what other stories have left on this machine.
  [/^##\[group\]Note the time of .*\n(?:(?!##\[endgroup\]).*\n)*##\[endgroup\]\n.*\n/gm, ''],
  [/^(?: {2}|\| )Note the time of .*\n/gm, ''],
  [/^\d+\.\d+ /gm, '<seconds> '],
  // A bar of the summary's Gantt diagram.
  [/^( {2}[A-Z].*) : \d+, \d+$/gm, '$1 : <start>, <end>'],
];

/**
 * Compares everything that a user, the runner and AWS saw of a run with `transcripts/<name>.txt`. Calls that are made
 * at once arrive in any order, so AWS's are listed by name.
 */
export function assertTranscript(t: TestContext, world: World, run: Run): void {
  const told = world.aws.requests.filter(
    ({ operation, parameters }) =>
      operation !== 'PutImage' || !String(parameters['imageTag']).startsWith('buildcache-'),
  );
  const lines = told.map(({ service, operation, status, errorCode }) =>
    // Whether a look at a repository comes before it has been created is chance. ECR Public is looked at by asking for
    // the repository.
    operation === 'BatchGetImage' || (service === 'ecr-public' && operation === 'DescribeRepositories')
      ? `${service}:${operation} 200`
      : [`${service}:${operation}`, status, errorCode].join(' '),
  );
  // How often findings are asked for depends on how long the scan takes.
  const isUncounted = (line: string): boolean => /DescribeImageScanFindings|BatchGetImage/.test(line);
  const requests = [...new Set(lines)].sort().map(line => {
    const [service = '', operation = '', status = '', errorCode = ''] = line.split(/[: ]/);
    const times = lines.filter(each => each === line).length;
    return {
      service: times > 1 && !isUncounted(line) ? `${times} × ${service}` : service,
      operation,
      status: Number(status),
      errorCode: errorCode === '' ? undefined : errorCode,
    };
  });
  const name = t.name
    .toLowerCase()
    .match(/[a-z0-9]+/g)
    ?.join('-');
  t.assert.fileSnapshot(
    render(run, { requests, replace: passing }),
    `${import.meta.dirname}/transcripts/${name}.txt`,
    { serializers: [String] },
  );
}

/** The digest that the registry resolves a tag to, asked over HTTP as any client would; null where there is none. */
export async function digestOf(world: World, repository: string, tag: string): Promise<string | null> {
  const answer = await fetch(`${world.registryUrl}/v2/${repository}/manifests/${tag}`, {
    method: 'HEAD',
    headers: {
      Accept: 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json',
    },
  });
  return answer.headers.get('docker-content-digest');
}
