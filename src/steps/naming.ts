import type { Job } from '../platform/runner.ts';
import { strangersAmong } from '../rules/content.ts';
import type { Content } from './content.ts';
import type { Image } from './image.ts';
import type { Manifest } from './manifest.ts';
import type { Tagged, Tagger } from './tagging.ts';

interface Built {
  image: Image;
  content: Content;
  manifest: () => Promise<Manifest>;
  tagger: Tagger;
}

/** Lets later commits find a new image by its content, if it was made of just what the content's key says. */
export async function nameContent(job: Job, { image, content, manifest, tagger }: Built): Promise<void> {
  if (content.kind !== 'known' || image.kind !== 'built') return;
  await job.step('Name the content', async log => {
    const { materials } = image.metadata;
    if (materials === undefined) {
      return log.result('Not named: buildx did not say what it took (0.14 and newer do)');
    }
    const [stranger] = strangersAmong(materials, content);
    if (stranger !== undefined) {
      return log.result(
        `Not named: the build took ${stranger.uri} at ${stranger.digest}, which the key does not know`,
      );
    }
    const tagged = await tagger.put(content.tag, { digest: image.digest, ...(await manifest()) });
    log.result(sayNamed(content.tag, tagged));
  });
}

function sayNamed(tag: string, tagged: Tagged): string {
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
