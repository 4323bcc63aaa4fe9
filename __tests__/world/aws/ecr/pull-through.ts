import type { Principal } from '../identities.ts';
import { Refusal } from '../refusal.ts';
import { isIndex, parseManifest } from './image.ts';
import * as members from './members.ts';
import { operation, permit } from './operation.ts';
import type { EcrContext } from './operation.ts';
import { pageOf } from './page.ts';
import { plainRepository } from './plain-repository.ts';
import { pushManifest } from './push.ts';
import { list, structure, text } from './shape.ts';

/** A prefix under which images of another registry are found. */
export interface PullThroughRule {
  ecrRepositoryPrefix: string;
  upstreamRegistryUrl: string;
  upstreamRepositoryPrefix?: string | undefined;
  credentialArn?: string | undefined;
  createdAt: Date;
  registryId: string;
}

/** The pull-through cache of a registry. */
export interface PullThrough {
  readonly rules: Map<string, PullThroughRule>;
}

/** Where the registries that ECR knows are in this world: `registry-1.docker.io` → `http://127.0.0.1:PORT`. */
export type Upstreams = Map<string, string>;

/** Those that ECR supports, and whether they want a login: https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html */
const supported = new Map([
  ['public.ecr.aws', false],
  ['registry-1.docker.io', true],
  ['ghcr.io', true],
  ['registry.gitlab.com', true],
  ['registry.k8s.io', false],
  ['quay.io', false],
]);

const prefix = text({
  min: 2,
  max: 30,
  pattern: '((?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*/?|ROOT)',
});
const secretArn = text({
  min: 50,
  max: 612,
  pattern: String.raw`arn:aws:secretsmanager:[a-zA-Z0-9-:]+:secret:ecr\-pullthroughcache\/[a-zA-Z0-9\/_+=.@-]+`,
});

export const createPullThroughCacheRule = operation(
  structure(
    { ecrRepositoryPrefix: prefix, upstreamRegistryUrl: text() },
    {
      ...members.registry,
      upstreamRegistry: text(),
      upstreamRepositoryPrefix: text({ min: 2, max: 30 }),
      credentialArn: secretArn,
    },
  ),
  {
    resources: () => ['*'],
    perform(request, { registry, pullThrough, now }) {
      const { ecrRepositoryPrefix, upstreamRegistryUrl, upstreamRepositoryPrefix, credentialArn } = request;
      const asked = { ecrRepositoryPrefix, upstreamRegistryUrl, upstreamRepositoryPrefix, credentialArn };
      const needsLogin = supported.get(asked.upstreamRegistryUrl);
      if (needsLogin === undefined) {
        throw new Refusal(
          'UnsupportedUpstreamRegistryException',
          `The specified upstream registry '${asked.upstreamRegistryUrl}' isn't supported`,
        );
      }
      if (needsLogin && asked.credentialArn === undefined) {
        throw new Refusal('ValidationException', `${asked.upstreamRegistryUrl} needs a credentialArn`);
      }
      if (pullThrough.rules.has(asked.ecrRepositoryPrefix)) {
        throw new Refusal(
          'PullThroughCacheRuleAlreadyExistsException',
          `The pull through cache rule with prefix '${asked.ecrRepositoryPrefix}' already exists in the registry with id '${registry.accountId}'`,
        );
      }
      const rule = { ...asked, createdAt: now(), registryId: registry.accountId };
      pullThrough.rules.set(asked.ecrRepositoryPrefix, rule);
      return rule;
    },
  },
);

export const describePullThroughCacheRules = operation(
  structure(
    {},
    { ...members.registry, ...members.page, ecrRepositoryPrefixes: list(prefix, { min: 1, max: 100 }) },
  ),
  {
    resources: () => ['*'],
    perform(
      { ecrRepositoryPrefixes: asked, nextToken: token, maxResults },
      { registry, pullThrough: { rules } },
    ) {
      const missing = asked?.find(each => !rules.has(each));
      if (missing !== undefined) {
        throw new Refusal(
          'PullThroughCacheRuleNotFoundException',
          `The pull through cache rule with prefix '${missing}' was not found in the registry with id '${registry.accountId}'`,
        );
      }
      const wanted = [...rules.values()].filter(rule => asked?.includes(rule.ecrRepositoryPrefix) ?? true);
      const { items, nextToken } = pageOf(wanted, { nextToken: token, maxResults }, { size: 100 });
      return { pullThroughCacheRules: items, nextToken };
    },
  },
);

/**
 * Imports an image at its first pull, if its repository's name is under a rule's prefix. Who pulls needs the permission for it, and to
 * create the repository where it is missing and no template makes it.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
 * @throws {Refusal} AccessDeniedException, ImageNotFoundException
 */
export async function importAtFirstPull(
  context: EcrContext,
  {
    principal,
    repositoryName,
    reference,
  }: { principal: Principal; repositoryName: string; reference: string },
): Promise<void> {
  const { registry, templates, upstreams, now } = context;
  const rule = ruleOf(context.pullThrough, repositoryName);
  const known = registry.find(repositoryName);
  if (!rule || known?.imageTags.has(reference) || known?.images.has(reference)) return;
  const needs = (action: string) =>
    permit({ ...context, principal }, `ecr:${action}`, { resource: registry.arnOf(repositoryName) });
  needs('BatchGetImage');
  needs('BatchImportUpstreamImage');
  if (!known && !templates.find(repositoryName, 'PULL_THROUGH_CACHE')) needs('CreateRepository');

  const { ecrRepositoryPrefix, upstreamRepositoryPrefix, upstreamRegistryUrl } = rule;
  const rest =
    ecrRepositoryPrefix === 'ROOT' ? repositoryName : repositoryName.slice(ecrRepositoryPrefix.length + 1);
  const name = upstreamRepositoryPrefix === undefined ? rest : `${upstreamRepositoryPrefix}/${rest}`;
  const host = upstreams.get(upstreamRegistryUrl);
  if (host === undefined) throw new Error(`This world has no ${upstreamRegistryUrl}.`);
  const upstream = `${host}/v2/${name}`;
  const manifest = await readManifest(upstream, reference);
  templates.apply(repositoryName, { at: now(), scenario: 'PULL_THROUGH_CACHE' });
  if (!registry.find(repositoryName)) registry.create(plainRepository(registry, repositoryName, now()));
  const tag = reference.includes(':') ? undefined : reference;
  await importManifest(context, manifest, { upstream, repositoryName, tag });
}

function ruleOf({ rules }: PullThrough, repositoryName: string): PullThroughRule | undefined {
  const matching = [...rules.values()].filter(
    ({ ecrRepositoryPrefix: each }) =>
      each === 'ROOT' || repositoryName.startsWith(each.replace(/\/?$/, '/')),
  );
  const lengthOf = ({ ecrRepositoryPrefix: each }: PullThroughRule) => (each === 'ROOT' ? 0 : each.length);
  return matching.toSorted((one, other) => lengthOf(other) - lengthOf(one))[0];
}

async function importManifest(
  context: EcrContext,
  { text: manifest, mediaType }: { text: string; mediaType: string },
  place: { upstream: string; repositoryName: string; tag?: string | undefined },
): Promise<void> {
  const { upstream, repositoryName, tag } = place;
  const { content } = context.storage();
  const { config, layers, children } = parseManifest(manifest, mediaType);
  if (isIndex(mediaType)) {
    for (const digest of children) {
      const child = await readManifest(upstream, digest);
      await importManifest(context, child, { upstream, repositoryName });
    }
  }
  for (const { digest } of [...(config ? [config] : []), ...layers]) {
    if ((await content.blobSize(repositoryName, digest)) !== undefined) continue;
    const answer = await fetch(`${upstream}/blobs/${digest}`);
    if (!answer.ok) throw new Refusal('ImageNotFoundException', 'Requested image not found');
    await content.writeBlob(repositoryName, digest, Buffer.from(await answer.arrayBuffer()));
  }
  await pushManifest(context, { repositoryName, manifest, mediaType, tag });
}

const kinds = ['vnd.oci.image.index.v1', 'vnd.oci.image.manifest.v1', 'vnd.docker.distribution.manifest.v2'];
const accept = kinds.map(kind => `application/${kind}+json`).join(', ');

async function readManifest(
  upstream: string,
  reference: string,
): Promise<{ text: string; mediaType: string }> {
  const answer = await fetch(`${upstream}/manifests/${reference}`, { headers: { accept } });
  if (!answer.ok) throw new Refusal('ImageNotFoundException', 'Requested image not found');
  return { text: await answer.text(), mediaType: answer.headers.get('content-type') ?? '' };
}
