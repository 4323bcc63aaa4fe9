import type { Aws } from '../aws/aws.ts';
import { explainMissing } from '../image/archived-image.ts';
import type { ExistingImages, Image } from '../image/image.ts';
import { isAddressOf, promoteRemedy } from '../image/inputs.ts';
import type { JudgedImage } from '../image/inputs.ts';
import { byTag, readImages } from '../image/read-images.ts';
import { Failure } from '../platform/failure.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { Repository } from '../repository/repository.ts';
import type { Tags } from '../tags/plan.ts';

/**
 * Finds an image that was pushed earlier, and what its release tags name now, in one call.
 * @throws {Failure} where there is no such image, it is archived, or it is in another repository.
 */
export function findImage(
  { job, plan }: RunOf<{ tags: Pick<Tags, 'releases'>; image?: JudgedImage }>,
  { ecr }: Aws,
  repository: Repository,
): Promise<{ image: Image; existing: ExistingImages }> {
  const { tags, image: { name, address } = {} } = plan;
  const askedName = Object.values(name ?? {}).join('');
  return job.step('Find the image', async log => {
    if (address !== undefined && !isAddressOf(address, repository)) {
      throw new Failure(
        `${address} is another repository than ${repository.uri}, which this run speaks to.`,
        {
          remedy: `${promoteRemedy} Else correct \`image\`, or \`repository\` and the account of \`role-to-assume\`. Nothing has been judged.`,
        },
      );
    }
    const repositoryId = { repositoryName: repository.name, registryId: repository.registryId };
    const releaseIds = byTag(tags.releases.filter(tag => tag !== askedName));
    const images = await readImages(ecr, repositoryId, [...(name ? [name] : []), ...releaseIds]);
    const found = images.find(each => each.tag === askedName || each.digest === askedName);
    if (found === undefined) {
      throw await explainMissing({ ecr }, repositoryId, {
        name: name ?? { imageTag: askedName },
        address: repository.uri,
      });
    }
    const { digest, text, mediaType } = found;
    const ref = `${repository.uri}@${digest}`;
    log.result(`Found ${ref}`);
    const releases = images.flatMap(({ tag = '', digest: holder }) =>
      tags.releases.includes(tag) ? [[tag, holder]] : [],
    );
    return {
      image: {
        kind: 'found',
        ref,
        digest,
        ...(name && 'imageTag' in name && { tag: name.imageTag }),
        manifest: { text, mediaType },
      },
      existing: { releases: Object.fromEntries(releases) },
    };
  });
}
