import type { Build } from '../build/build.ts';
import { unpinnedContexts } from '../build/contexts.ts';
import { haveSameInputs } from '../build/fingerprint.ts';
import type { StoredManifest } from '../ecr/manifest.ts';
import type { Image, Manifest } from '../image/image.ts';
import { setOutputs } from '../platform/actions.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { Repository } from '../repository/repository.ts';
import type { Reuse } from './decide.ts';

/**
 * Makes the function that answers whether an image, to which another job has moved the commit's tag, is taken in place of the one of this
 * run: it is, where it would be taken in place of a build.
 * @throws {Failure} where docker could read another image from a manifest.
 */
export function takesOther(
  { plan }: RunOf<{ build: Build; reuse: Reuse }>,
  { image, manifest }: { image: Image; manifest: () => Promise<Manifest> },
): (other: StoredManifest) => Promise<boolean> {
  return async other => {
    if (plan.reuse === 'off' || unpinnedContexts(plan.build).length > 0) return false;
    return haveSameInputs({ digest: image.digest, ...(await manifest()) }, other);
  };
}

/**
 * Goes on with the image to which another job has moved the commit's tag; where there is none, nothing is left to do. Returns the image
 * that the run ends with.
 */
export async function followCommitTag(
  { plan }: RunOf<{ tags: { candidate: string } }>,
  {
    repository: { uri },
    image,
    other,
  }: { repository: Repository; image: Image; other?: StoredManifest | undefined },
  follow: (image: Image) => Promise<Image>,
): Promise<Image> {
  if (other === undefined) return image;
  const { digest } = other;
  // They are of the image that this run has built.
  setOutputs([
    ['metadata', ''],
    ['imageid', ''],
  ]);
  return follow({
    kind: 'reused',
    by: 'commit',
    isRecent: true,
    ref: `${uri}@${digest}`,
    digest,
    tag: plan.tags.candidate,
    manifest: other,
  });
}
