import { isRefusal } from '../aws/client.ts';
import type { StoredManifest } from '../ecr/manifest.ts';
import { askUntilKnown } from '../image/just-pushed.ts';
import type { JustPushed } from '../image/just-pushed.ts';
import { readImages } from '../image/read-images.ts';
import { Failure } from '../platform/failure.ts';
import type { TreeManifest } from './image-tree.ts';
import { otherBytes, whereIs } from './place.ts';
import type { Place } from './place.ts';
import type { Put } from './plan-puts.ts';

/** Puts manifests, each after those that it needs. */
export async function putAll(to: Place, puts: readonly Put[], pushed: JustPushed): Promise<void> {
  const done = new Map<string, Promise<void>>();
  for (const { manifest, isAbsent, tags } of puts) {
    const put = async (): Promise<void> => {
      await Promise.all(manifest.needs.flatMap(each => done.get(each) ?? []));
      if (isAbsent && tags.length === 0) await putManifest(to, { manifest, pushed });
      for (const tag of tags) await putManifest(to, { manifest, tag, pushed });
    };
    done.set(manifest.digest, put());
  }
  await Promise.allSettled(done.values());
  await Promise.all(done.values());
}

async function putManifest(
  to: Place,
  { manifest, tag, pushed }: { manifest: StoredManifest; tag?: string; pushed: JustPushed },
): Promise<void> {
  const { digest: imageDigest, text: imageManifest, mediaType: imageManifestMediaType } = manifest;
  const put = () =>
    to.ecr.putImage({
      ...whereIs(to),
      imageDigest,
      imageManifest,
      imageManifestMediaType,
      ...(tag !== undefined && { imageTag: tag }),
    });
  try {
    // What was put a moment ago may not be known everywhere yet.
    await askUntilKnown(put, pushed);
  } catch (error) {
    if (isRefusal(error, 'ImageAlreadyExistsException')) return;
    if (tag === undefined || !isRefusal(error, 'ImageTagAlreadyExistsException')) throw error;
    throw new Failure(
      `${to.repository.uri} has another manifest under ${tag}, by which signatures and the like are found, and does not let that tag move.`,
      {
        remedy:
          "Make an exception of such tags (`sha256-*`) in the repository's tag mutability, or delete the tag there if what it has is of no use. Then run the job again.",
        cause: error,
      },
    );
  }
}

/** Asks the destination for what was put and compares it byte for byte. */
export async function verify(
  to: Place,
  manifests: readonly TreeManifest[],
  pushed: JustPushed,
): Promise<void> {
  if (manifests.length === 0) return;
  const ids = manifests.map(({ digest: imageDigest }) => ({ imageDigest }));
  const ask = async (): Promise<Map<string, string> | undefined> => {
    const images = await readImages(to.ecr, whereIs(to), ids);
    const texts = new Map(images.map(({ digest, text }) => [digest, text]));
    return manifests.every(({ digest }) => texts.has(digest)) ? texts : undefined;
  };
  const found = await askUntilKnown(ask, pushed);
  if (found === undefined) {
    throw new Failure(`${to.repository.uri} does not show all that was copied to it a moment ago.`, {
      remedy:
        'Somebody or a lifecycle policy may have deleted it: look at that repository, then run the job again.',
    });
  }
  const other = manifests.find(({ digest, text }) => found.get(digest) !== text);
  if (other !== undefined) throw otherBytes(to, other.digest);
}
