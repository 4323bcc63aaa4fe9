import type { Aws } from '../aws/aws.ts';
import { noticeOutside } from '../build/build-only.ts';
import type { BuildResult } from '../build/build-and-push.ts';
import { buildOutputs } from '../build/metadata.ts';
import { isDescribedElsewhere } from '../image/description.ts';
import type { Description } from '../image/description.ts';
import type { ExistingImages, Image, LikelyPlatform, Manifest } from '../image/image.ts';
import { readDescription, readManifest } from '../image/read-manifest.ts';
import { annotate, setOutput, setOutputs } from '../platform/actions.ts';
import type { RunOf } from '../platform/run.ts';
import type { Repository } from '../repository/repository.ts';
import type { Release, Tags } from '../tags/plan.ts';
import { digestsOf, imageOutputs } from './output-values.ts';

/** An image of the repository, with what else is there of its commit, and what it says itself, read when it is needed. */
export interface ImageInPlace {
  repository: Repository;
  existing: ExistingImages;
  image: Image;
  manifest: () => Promise<Manifest>;
  description: () => Promise<Description | undefined>;
}

interface TellImageParts {
  build: { load: boolean };
  tags: Pick<Tags, 'candidate' | 'releases' | 'version'>;
  release: Release;
  platform: LikelyPlatform;
}

interface ImageFacts {
  image: Image;
  build: BuildResult;
  tags: string[];
  withheld: string[];
  description: Description | undefined;
}

/** Tells of an image as soon as it is there, whether it was built now, found, reused or joined. */
export function tellImage(
  { plan, tell }: RunOf<TellImageParts, ImageFacts>,
  aws: Aws,
  {
    repository,
    existing,
    image,
    built,
  }: Pick<ImageInPlace, 'repository' | 'existing' | 'image'> & {
    built?: BuildResult | undefined;
  },
): ImageInPlace {
  const { releases, candidate, version } = plan.tags;
  const loaded = plan.build.load ? `${repository.uri}:${candidate}` : undefined;
  const isPushed = plan.release === 'with-push';
  setOutputs(imageOutputs(image, { version, loaded }));
  if (built !== undefined) setOutputs(buildOutputs(built.metadata));
  tell({
    image,
    ...(built && { build: built }),
    tags: [...(image.tag === undefined ? [] : [image.tag]), ...(isPushed ? releases : [])],
    withheld: isPushed ? [] : releases,
    // What another run has described is told when it has been read; what is joined is of this very commit.
    ...(isDescribedElsewhere(image) && image.kind !== 'joined' && { description: undefined }),
  });
  const manifest = readManifest(aws, repository, { image, plan });
  return { repository, existing, image, manifest, description: readDescription(aws, repository, manifest) };
}

interface TellPlatformsParts {
  mode: string;
  commit: { checkedOut: string };
  build: { description?: Description };
  repository: { type: 'private' | 'public' };
}

/** Tells each platform's own digest, and what the image says of itself where another run has described it. */
export async function tellPlatforms(
  { plan, tell }: RunOf<TellPlatformsParts, Pick<ImageFacts, 'description'>>,
  { repository, image, manifest, description }: ImageInPlace,
): Promise<void> {
  // ECR Public tells no manifests.
  if (plan.repository.type === 'public') return;
  const { platforms } = await manifest();
  const said = isDescribedElsewhere(image) ? await description() : undefined;
  const digests = digestsOf(platforms);
  setOutput('platforms', JSON.stringify(digests));
  if (said !== undefined) {
    const annotations = image.kind === 'joined' ? (plan.build.description?.annotations ?? []) : [];
    tell({ description: { ...said, annotations } });
  }
  if (plan.mode !== 'build') return;
  const piece = { repository: repository.uri, commit: plan.commit.checkedOut, digest: image.digest };
  setOutput('build', JSON.stringify({ ...piece, platforms: Object.keys(digests) }));
}

/** Hands on a part of an image: the run that joins the parts judges and releases them. */
export async function handOn(
  run: RunOf<TellPlatformsParts, Pick<ImageFacts, 'description'> & { ending: 'piece' }>,
  _aws: Aws,
  part: ImageInPlace,
): Promise<void> {
  await tellPlatforms(run, part);
  run.tell({ ending: 'piece' });
  run.job.inTurn(() =>
    annotate.notice('This is a part of an image: it is judged and released where `mode: merge` joins it.', {
      title: 'Not judged yet',
    }),
  );
}

/** Tells that there was nothing to do: nothing was pushed that could be merged or judged. */
export async function tellIdle({
  plan,
  tell,
}: RunOf<{ isOutside: boolean }, { ending: 'idle' }>): Promise<void> {
  tell({ ending: 'idle' });
  if (plan.isOutside) noticeOutside();
}
