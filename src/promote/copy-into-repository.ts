import type { Aws } from '../aws/aws.ts';
import type { Copied } from '../copy/copy-tree.ts';
import type { ExistingImages, Image } from '../image/image.ts';
import { openTagger } from '../image/tagger.ts';
import { findTagConflict } from '../image/tag-conflict.ts';
import { Failure } from '../platform/failure.ts';
import { megabytes } from '../platform/job.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { Repository } from '../repository/repository.ts';
import type { Tags } from '../tags/plan.ts';
import type { Source } from './find-source.ts';

interface CopyIntoRepositoryOptions {
  source: Source;
  /** Where the image goes. */
  repository: Repository;
}

/**
 * Copies the image with all that belongs to it, without a tag, so that nothing in the repository names it before it has been judged.
 * What is there already is not copied again.
 * @throws {Failure} where the image is in this repository itself, or a release tag names another image and cannot move.
 */
export function copyIntoRepository(
  { job, plan: { tags } }: RunOf<{ tags: Pick<Tags, 'releases'> }>,
  aws: Aws,
  { source, repository }: CopyIntoRepositoryOptions,
): Promise<{ image: Image; existing: ExistingImages }> {
  const { digest } = source;
  return job.step('Copy the image', async log => {
    refuseSame(source, { region: aws.region, repository });
    const [releases, tree] = await Promise.all([
      openTagger(aws, repository).holders(tags.releases),
      source.tree,
    ]);
    const { mutability } = repository;
    const conflict = findTagConflict(tags.releases, { digest, existing: { releases }, mutability });
    if (conflict !== undefined) throw new Failure(conflict.message, { remedy: conflict.remedy });
    const { copyFromSource } = await import('./copy-from-source.ts');
    const to = { ecr: aws.ecr, region: aws.region, repository };
    const copied = await copyFromSource(tree, { from: source.place, to, log, signal: job.signal });
    const ref = `${repository.uri}@${digest}`;
    log.result(sayCopied(copied, { from: source.ref, ref }));
    const { text, mediaType } = tree.root;
    const isNew = copied.kind === 'copied';
    return {
      image: { kind: 'copied', isNew, from: source.ref, ref, digest, manifest: { text, mediaType } },
      existing: { releases },
    };
  });
}

/** Throws where the image would be copied to where it is, which the account of a role alone may tell. */
function refuseSame(
  { place, ref }: Source,
  { region, repository }: { region: string; repository: Repository },
): void {
  const { name, registryId } = place.repository;
  const isSame = place.region === region && registryId === repository.registryId && name === repository.name;
  if (!isSame) return;
  throw new Failure(`${ref} is in ${repository.uri} itself, so there is nothing to copy.`, {
    remedy:
      'To judge and release it where it is, set `mode: gate`. Else correct `image` or `repository`. Nothing has been changed.',
  });
}

function sayCopied(
  { kind, manifests, sentBytes, mountedBytes, presentBytes }: Copied,
  { from, ref }: { from: string; ref: string },
): string {
  if (kind === 'there') return `${ref} is there already, with all that belongs to it: nothing was copied`;
  const sizes = [
    `${megabytes(sentBytes)} sent`,
    ...(mountedBytes > 0 ? [`${megabytes(mountedBytes)} mounted`] : []),
    ...(presentBytes > 0 ? [`${megabytes(presentBytes)} there before`] : []),
  ];
  return `${ref}, copied from ${from}: ${manifests} ${manifests === 1 ? 'manifest' : 'manifests'}, ${sizes.join(', ')}`;
}
