import type { Image } from './image.ts';
import * as members from './members.ts';
import { operation } from './operation.ts';
import { pageOf } from './page.ts';
import type { Repository } from './registry.ts';
import { integer, list, oneOf, structure, text } from './shape.ts';
import { statusOf } from './storage-class.ts';

/** What is about a manifest, such as signatures and attestations: all that name it as their subject. */
export function referrersOf({ images }: Repository, subject: string): Image[] {
  return [...images.values()].filter(image => image.subject === subject);
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImageReferrers.html */
export const listImageReferrers = operation(
  structure(
    {
      repositoryName: members.repositoryName,
      subjectId: structure({ imageDigest: text({ pattern: 'sha256:[0-9a-f]{64}' }) }, {}),
    },
    {
      ...members.registry,
      filter: structure(
        {},
        {
          artifactTypes: list(text(), { min: 1, max: 20 }),
          artifactStatus: oneOf('ACTIVE', 'ARCHIVED', 'ACTIVATING', 'ANY'),
        },
      ),
      nextToken: text(),
      maxResults: integer({ min: 1, max: 50 }),
    },
  ),
  {
    // No action has the operation's own name.
    action: 'BatchGetImage',
    perform({ repositoryName, subjectId, filter = {}, ...page }, { registry, now }) {
      const { artifactTypes, artifactStatus = 'ACTIVE' } = filter;
      const wanted = referrersOf(registry.get(repositoryName), subjectId.imageDigest)
        .filter(image => artifactStatus === 'ANY' || statusOf(image, now()) === artifactStatus)
        .filter(({ artifactMediaType: type = '' }) => artifactTypes?.includes(type) ?? true);
      const { items, nextToken } = pageOf(wanted, page, { size: 20 });
      const referrers = items.map(image => ({
        digest: image.digest,
        mediaType: image.mediaType,
        artifactType: image.artifactMediaType,
        size: Buffer.byteLength(image.manifest),
        annotations: image.annotations,
        artifactStatus: statusOf(image, now()),
      }));
      return { referrers, nextToken };
    },
  },
);
