import type { Aws } from '../aws/aws.ts';
import { digestOf, misnamedChild, readContent } from '../ecr/manifest.ts';
import type { Repository } from '../repository/repository.ts';
import type { Manifest } from './image.ts';
import { readImages } from './read-images.ts';

/**
 * Checks the manifests of an index's platforms, in one call, as ECR scans each platform by its own reading of them. A manifest
 * that ECR does not show is left to the scan, which says why.
 * @throws {Failure} where docker could read another image from the manifest of a platform.
 */
export async function checkPlatforms(
  { ecr }: Aws,
  { name: repositoryName, registryId }: Repository,
  { text, mediaType, platforms }: Manifest,
): Promise<void> {
  const content = readContent({ digest: digestOf(text), text, mediaType });
  if (content.kind === 'image') return;
  const ids = platforms.map(({ digest }) => ({ imageDigest: digest }));
  for (const child of await readImages(ecr, { repositoryName, registryId }, ids)) {
    readContent(child);
    const fault = misnamedChild(content, child);
    if (fault !== undefined) throw fault;
  }
}
