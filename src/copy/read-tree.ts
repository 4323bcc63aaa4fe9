import pLimit from 'p-limit';
import { readContent } from '../ecr/manifest.ts';
import type { StoredManifest } from '../ecr/manifest.ts';
import { askUntilKnown } from '../image/just-pushed.ts';
import type { JustPushed } from '../image/just-pushed.ts';
import { byTag, readImages } from '../image/read-images.ts';
import { Failure } from '../platform/failure.ts';
import { childrenOf, requireDigest, treeOf } from './assemble-tree.ts';
import type { Found } from './assemble-tree.ts';
import type { ImageTree } from './image-tree.ts';
import { whereIs } from './place.ts';
import type { Place } from './place.ts';

/** Manifests of one image that are copied. An image of 8 platforms with attestations, each signed, has 34. */
const MAX_MANIFESTS = 1_000;

/** Bytes of all manifests of one image, which are held in memory. ECR takes single ones of 4 MiB. */
const MAX_MANIFEST_BYTES = 64 * 1024 * 1024;

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImageReferrers.html */
const REFERRERS_PER_PAGE = 50;

/** Calls for referrers at once. */
const LISTS_AT_ONCE = 10;

/**
 * Reads all that belongs to an image: its platforms, and what refers to them, as their registry lists it or as cosign's tags name it.
 * @throws {Failure} where a part of it is missing or cannot be trusted, or the role may not ask for the referrers.
 */
export async function readTree(
  { ecr, repository }: Pick<Place, 'ecr' | 'repository'>,
  root: StoredManifest,
  pushed: JustPushed,
): Promise<ImageTree> {
  const { signal } = pushed;
  const where = whereIs({ repository });
  const limited = pLimit(LISTS_AT_ONCE);
  const found = new Map<string, Found & { tags: Set<string> }>();
  const asked = new Set<string>();
  let bytes = 0;
  let lost: string | undefined;
  const take = (stored: StoredManifest): { tags: Set<string> } => {
    const known = found.get(stored.digest);
    if (known !== undefined) return known;
    bytes += Buffer.byteLength(stored.text);
    if (found.size >= MAX_MANIFESTS || bytes > MAX_MANIFEST_BYTES) throw tooLarge(root, repository.uri);
    const taken = { stored, content: readContent(stored), tags: new Set<string>() };
    found.set(stored.digest, taken);
    return taken;
  };
  /** What belongs to these manifests, by digest; `undefined` while the registry does not show all of them. */
  const askAbout = async (digests: readonly string[]): Promise<string[] | undefined> => {
    const tags = new Set(digests.flatMap(otherToolsTags));
    const unknown = digests.filter(digest => !found.has(digest));
    const ids = [...unknown.map(imageDigest => ({ imageDigest })), ...byTag([...tags])];
    const lists = digests.map(digest => limited(() => listReferrers(ecr, { ...where, digest, signal })));
    const [images, referrers] = await Promise.all([readImages(ecr, where, ids), Promise.all(lists)]);
    const byTags = images.flatMap(({ tag, ...image }) => {
      const taken = take(image);
      // A release tag, which an answer may name too, is no part of the tree.
      if (tag === undefined || !tags.has(tag)) return [];
      taken.tags.add(tag);
      return [image.digest];
    });
    lost = digests.find(digest => !found.has(digest));
    if (lost !== undefined) return undefined;
    const children = digests.flatMap(digest => childrenOf(found.get(digest)?.content));
    return [...children, ...byTags, ...referrers.flat()];
  };
  take(root);
  for (let digests = [root.digest]; digests.length > 0;) {
    signal.throwIfAborted();
    for (const digest of digests) asked.add(digest);
    if (asked.size > MAX_MANIFESTS) throw tooLarge(root, repository.uri);
    // What was pushed a moment ago may not be known everywhere yet.
    const next = await askUntilKnown(() => askAbout(digests), pushed);
    if (next === undefined) throw incomplete(lost, { root, uri: repository.uri });
    digests = [...new Set(next)].filter(digest => !asked.has(digest));
  }
  return treeOf(root, found);
}

/**
 * The tags by which tools name what is about a manifest, where the registry did not list referrers yet: cosign's signatures,
 * attestations and SBOMs, and the list of referrers that clients keep themselves.
 *
 * - https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md
 * - https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema
 */
function otherToolsTags(digest: string): string[] {
  const name = digest.replace(':', '-');
  return ['.sig', '.att', '.sbom', ''].map(ending => `${name}${ending}`);
}

/** The digests of what refers to a manifest, from all pages. */
async function listReferrers(
  ecr: Place['ecr'],
  {
    digest,
    signal,
    ...where
  }: { repositoryName: string; registryId: string; digest: string; signal: AbortSignal },
): Promise<string[]> {
  const digests: string[] = [];
  const tokens = new Set<string>();
  let nextToken: string | undefined;
  do {
    signal.throwIfAborted();
    const answer = await ecr.listImageReferrers({
      ...where,
      subjectId: { imageDigest: digest },
      maxResults: REFERRERS_PER_PAGE,
      ...(nextToken !== undefined && { nextToken }),
    });
    digests.push(...(answer.referrers ?? []).flatMap(each => each.digest ?? []));
    nextToken = answer.nextToken;
    // A token that comes again would be asked with for ever.
    if (nextToken === undefined || tokens.has(nextToken)) break;
    tokens.add(nextToken);
  } while (digests.length <= MAX_MANIFESTS);
  return digests.map(requireDigest);
}

function tooLarge({ digest }: StoredManifest, uri: string): Failure {
  return new Failure(
    `${uri}@${digest} has more than ${MAX_MANIFESTS} manifests with all that refers to it, or they are larger than ${MAX_MANIFEST_BYTES} bytes.`,
    { remedy: 'Delete signatures and attestations of it that nobody needs, then run the job again.' },
  );
}

function incomplete(lost: string | undefined, { root, uri }: { root: StoredManifest; uri: string }): Failure {
  return new Failure(
    `${uri} does not show ${lost}, which belongs to ${root.digest}, so it cannot be copied.`,
    {
      remedy:
        'A lifecycle policy or somebody may have deleted or archived it: push the image again, then run the job again.',
    },
  );
}
