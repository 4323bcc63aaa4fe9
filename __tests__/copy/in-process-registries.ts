import assert from 'node:assert/strict';
import { openEcr } from '../../src/aws/ecr.ts';
import { openBlobStore } from '../../src/copy/blob-store.ts';
import { copyTree } from '../../src/copy/copy-tree.ts';
import type { Copied } from '../../src/copy/copy-tree.ts';
import type { ImageTree } from '../../src/copy/image-tree.ts';
import { openMounts } from '../../src/copy/mounts.ts';
import { openPace } from '../../src/copy/pace.ts';
import type { Place } from '../../src/copy/place.ts';
import { readTree } from '../../src/copy/read-tree.ts';
import type { StoredManifest } from '../../src/ecr/manifest.ts';
import { startAws } from '../world/aws/aws.ts';
import type { Aws } from '../world/aws/aws.ts';
import type { Ecr } from '../world/aws/ecr/ecr.ts';
import type { RegistryId } from '../world/aws/ecr/registries.ts';
import { allow, sampleImage, sampleIndex } from '../world/aws/sample.ts';
import type { SampleImage } from '../world/aws/sample.ts';
import { createFaults } from '../world/faults.ts';
import type { Faults } from '../world/faults.ts';
import { startDistribution } from '../world/registry/distribution.ts';
import { startGate } from '../world/registry/gate.ts';
import type { Gate } from '../world/registry/gate.ts';

/** A repository, its registry, and the client of somebody who may do everything there. */
export interface TestPlace extends Place {
  registry: Ecr;
  /** Where blobs are pushed to; the source has none, as nobody pushes there. */
  gate: Gate | undefined;
  gateFaults: Faults;
}

/** Registries of several accounts and regions, without an engine. */
export interface Registries extends AsyncDisposable {
  aws: Aws;
  signal: AbortSignal;
  /** What is copied, in memory. */
  source: TestPlace;
  /** A repository in a registry that can be pushed to. */
  open: (
    id: Partial<RegistryId> & { name?: string; settings?: object; actions?: string[] },
  ) => Promise<TestPlace>;
  /** Puts an image into the source. */
  put: (image: SampleImage, tag?: string) => Promise<StoredManifest>;
  read: (root: StoredManifest) => Promise<ImageTree>;
  /** Copies to all places at once, as one run does; failures are values. */
  copy: (
    tree: ImageTree,
    places: readonly Place[],
    options?: { signal?: AbortSignal },
  ) => Promise<CopyResult>;
}

export interface CopyResult {
  results: PromiseSettledResult<Copied>[];
  lines: string[];
  readBytes: number;
}

const name = 'team/app';

export async function startRegistries(): Promise<Registries> {
  await using stack = new AsyncDisposableStack();
  const aws = stack.use(await startAws({ oidcProviders: [] }));
  // As everybody who tests against a stand-in tells the SDK.
  process.env['AWS_ENDPOINT_URL'] = aws.url;
  const { signal } = new AbortController();
  const behind = new Map<Ecr, Promise<{ gate: Gate; faults: Faults }>>();
  const openGate = async (ecr: Ecr) => {
    const distribution = kept.use(await startDistribution());
    const faults = createFaults();
    return { gate: kept.use(await startGate({ ecr, upstream: distribution.url, faults })), faults };
  };
  const place = async (
    { accountId = aws.accountId, region = aws.region }: Partial<RegistryId>,
    {
      name: repositoryName,
      settings = {},
      actions = ['ecr:*'],
    }: { name: string; settings?: object; actions?: string[] },
  ): Promise<Omit<TestPlace, 'gate' | 'gateFaults'>> => {
    const registry = aws.registry({ accountId, region });
    const make = async (who: string, ...allowed: string[]) => {
      const keys = { accessKeyId: `AKIA${who}${accountId}`, secretAccessKey: 'a/secret+of/ours' };
      aws.iam.putUser({ name: who, accountId, ...keys, policies: [allow(...allowed)] });
      const { ecr } = await openEcr(region, {
        credentials: () => Promise.resolve(keys),
        denied: message => message,
        signal,
      });
      return ecr;
    };
    const owner = await make(`OWNER${repositoryName.replaceAll(/\W/g, '').toUpperCase()}`, 'ecr:*');
    const { repository } = await owner.createRepository({ repositoryName, ...settings });
    const ecr = await make(`OURS${repositoryName.replaceAll(/\W/g, '').toUpperCase()}`, ...actions);
    const uri = repository?.repositoryUri ?? '';
    return { ecr, region, registry, repository: { name: repositoryName, registryId: accountId, uri } };
  };
  const source = { ...(await place({}, { name })), gate: undefined, gateFaults: createFaults() };
  const kept = stack.move();
  // Shared by all copies, as the registries count what comes from each of them.
  const pace = openPace({ signal });
  return {
    aws,
    signal,
    source,
    async open({ name: given = name, settings, actions, ...id }) {
      const registry = aws.registry(id);
      const known = behind.get(registry) ?? openGate(registry);
      behind.set(registry, known);
      const { gate, faults: gateFaults } = await known;
      const opened = await place(id, {
        name: given,
        ...(settings && { settings }),
        ...(actions && { actions }),
      });
      return { ...opened, gate, gateFaults };
    },
    async put({ manifest: imageManifest, digest, mediaType }, imageTag) {
      await source.ecr.putImage({
        repositoryName: name,
        imageManifest,
        imageManifestMediaType: mediaType,
        ...(imageTag !== undefined && { imageTag }),
      });
      return { digest, text: imageManifest, mediaType };
    },
    read: root => readTree(source, root, { signal }),
    async copy(tree, places, options = {}) {
      const lines: string[] = [];
      const mounts = openMounts(source);
      const all = { signal, firstWaitMs: 10, ...options };
      await using blobs = openBlobStore(source, { readers: places.length, ...all });
      const log = { info: (line: string) => void lines.push(line) };
      const results = await Promise.allSettled(
        places.map(to => pace.destination(() => copyTree(tree, { ...all, to, blobs, mounts, pace, log }))),
      );
      return { results, lines, readBytes: blobs.readBytes };
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** An index of two platforms and an attestation, and its parts. */
export function sampleTree({ registry }: Pick<TestPlace, 'registry'>, labels: Record<string, string> = {}) {
  const platforms = ['linux/amd64', 'linux/arm64'].map(platform =>
    sampleImage(registry, name, { platform, labels }),
  );
  const attestation = sampleImage(registry, name, { platform: 'unknown/unknown', labels });
  const index = sampleIndex(...platforms, attestation);
  return { index, platforms, attestation };
}

/** What a place answers for a digest by the registry's protocol, as docker asks. */
export async function pull({ ecr, repository }: Place, path: string): Promise<Buffer> {
  const { authorizationData } = await ecr.getAuthorizationToken({});
  const [host, ...names] = repository.uri.split('/');
  const answer = await fetch(`http://${host}/v2/${names.join('/')}/${path}`, {
    headers: {
      authorization: `Basic ${authorizationData?.[0]?.authorizationToken}`,
      accept:
        'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, application/octet-stream',
    },
  });
  assert.equal(answer.status, 200, path);
  return Buffer.from(await answer.arrayBuffer());
}
