import type { Aws } from '../aws/aws.ts';
import type { BuildResult } from '../build/build-and-push.ts';
import { noticeNothingPushed } from '../build/build-only.ts';
import { buildOutputs } from '../build/buildx-metadata.ts';
import { isDescribedElsewhere } from '../image/description.ts';
import type { Description } from '../image/description.ts';
import type { ExistingImages, Image, LikelyPlatform, Manifest } from '../image/image.ts';
import { readDescription, readManifest } from '../image/read-manifest.ts';
import { annotate, setOutput, setOutputs } from '../platform/actions.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { Repository } from '../repository/repository.ts';
import type { Release, Tags } from '../tags/plan.ts';
import { digestsByPlatform, imageOutputs } from './output-values.ts';

/**
 * An image in the repository, with the other existing images of its commit. Its manifest and its description (labels and
 * annotations) are read when they are first needed.
 */
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

/** Sets the outputs of an image as soon as it is in the repository, whether it was built, found, reused or joined. */
export function tellImage(
  { job, plan, tell }: RunOf<TellImageParts, ImageFacts>,
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
    // The description of another run's image is set once it has been read. A joined image has this run's description.
    ...(isDescribedElsewhere(image) && image.kind !== 'joined' && { description: undefined }),
  });
  const manifest = readManifest(aws, repository, { image, plan, signal: job.signal });
  return { repository, existing, image, manifest, description: readDescription(aws, repository, manifest) };
}

interface TellPlatformsParts {
  mode: string;
  tags: Pick<Tags, 'commitTag'>;
  commit: { checkedOut: string };
  build: { description?: Description };
  role: { masksAccountId: boolean };
  repository: { type: 'private' | 'public' };
}

/** Sets the outputs with each platform's digest, and reads the image's description where another run built it. */
export async function tellPlatforms(
  { plan, tell }: RunOf<TellPlatformsParts, Pick<ImageFacts, 'description'>>,
  { repository, image, manifest, description }: ImageInPlace,
): Promise<void> {
  // ECR Public has no call that returns manifests.
  if (plan.repository.type === 'public') return;
  const { platforms } = await manifest();
  const described = isDescribedElsewhere(image) ? await description() : undefined;
  const digests = digestsByPlatform(platforms);
  setOutput('platforms', JSON.stringify(digests));
  if (described !== undefined) {
    const annotations = image.kind === 'joined' ? (plan.build.description?.annotations ?? []) : [];
    tell({ description: { ...described, annotations } });
  }
  if (plan.mode !== 'build') return;
  const { checkedOut: commit } = plan.commit;
  const { commitTag } = plan.tags;
  const platformBuild = {
    // The registry's host has the account id in it.
    repository: plan.role.masksAccountId ? repository.name : repository.uri,
    commit,
    ...(commitTag !== commit && { tag: commitTag }),
    digest: image.digest,
    platforms: Object.keys(digests),
  };
  setOutput('build', JSON.stringify(platformBuild));
}

/** Ends a run of `mode: build`. The run of `mode: merge` that joins the parts judges and releases the image. Returns this part. */
export async function handOnPlatformBuild(
  run: RunOf<TellPlatformsParts, Pick<ImageFacts, 'description'> & { ending: 'piece' }>,
  _aws: Aws,
  platformImage: ImageInPlace,
): Promise<Image> {
  await tellPlatforms(run, platformImage);
  run.tell({ ending: 'piece' });
  run.job.logInOrder(() =>
    annotate.notice('This is a part of an image: it is judged and released where `mode: merge` joins it.', {
      title: 'Not judged yet',
    }),
  );
  return platformImage.image;
}

/** Ends a run that has nothing to do, because nothing was pushed that could be merged or judged. */
export async function tellIdle({
  plan,
  tell,
}: RunOf<{ lacksIdentity: boolean }, { ending: 'idle' }>): Promise<void> {
  tell({ ending: 'idle' });
  if (plan.lacksIdentity) noticeNothingPushed();
}
