import type { Aws } from '../aws/aws.ts';
import type { Metadata } from '../build/buildx-metadata.ts';
import type { Image, Manifest } from '../image/image.ts';
import { openTagger } from '../image/tagger.ts';
import type { PutTagResult } from '../image/tagger.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { Repository } from '../repository/repository.ts';
import type { Content } from './compute-content-key.ts';
import { unexpectedMaterials } from './content-key.ts';

interface TagByContentOptions {
  image: Image;
  built?: { metadata: Metadata } | undefined;
  key: Promise<Content>;
  manifest: () => Promise<Manifest>;
  repository: Repository;
}

/** Tags a new image with its content key for later commits, if the build used nothing that the key does not cover. */
export async function tagByContent(
  { job }: RunOf<object>,
  aws: Aws,
  { repository, image, built, key, manifest }: TagByContentOptions,
): Promise<void> {
  const content = await key;
  if (content.kind !== 'known' || built === undefined) return;
  await job.step('Name the content', async log => {
    const { materials } = built.metadata;
    if (materials === undefined) {
      return log.result('Not named: buildx did not say what it took (0.14 and newer do)');
    }
    const [unexpected] = unexpectedMaterials(materials, content);
    if (unexpected !== undefined) {
      return log.result(
        `Not named: the build took ${unexpected.uri} at ${unexpected.digest}, which the key does not know`,
      );
    }
    const tagged = await openTagger(aws, repository, { signal: job.signal }).put(content.tag, {
      digest: image.digest,
      ...(await manifest()),
    });
    log.result(sayTagged(content.tag, tagged));
  });
}

function sayTagged(tag: string, tagged: PutTagResult): string {
  switch (tagged.kind) {
    case 'put':
    case 'there':
      return `${tag} names it for other commits of the same content`;
    case 'full':
      return 'Not named: the image has as many tags as ECR allows, so other commits of the same content are built';
    case 'taken':
      return `${tag} names ${tagged.holder} already, which another job built of the same content`;
  }
}
