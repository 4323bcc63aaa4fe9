import type { AwsSession } from '../aws/aws.ts';
import { isRefusal } from '../aws/client.ts';
import type { Ecr } from '../aws/ecr.ts';
import type { PolicyDocument } from '../aws/iam-policy.ts';
import type { ImageTree } from '../copy/image-tree.ts';
import type { Place } from '../copy/place.ts';
import { inRegistry } from '../ecr/reference.ts';
import { explainMissing } from '../image/archived-image.ts';
import { readImages } from '../image/read-images.ts';
import { Failure } from '../platform/failure.ts';
import { begin } from '../platform/job.ts';
import type { RunOf } from '../platform/run-of.ts';
import { explainDenial } from '../role/access-denied.ts';
import { openElsewhere, providerOfOther, regionForRole } from '../role/other-role.ts';
import type { PermissionsElsewhere } from '../role/permissions-elsewhere.ts';
import type { RolePlan } from '../role/plan.ts';
import { promotionPermissions } from './permissions.ts';
import type { PromotionPlan } from './plan.ts';

/** The image to promote, where it is now. */
export interface Source {
  place: Place;
  digest: string;
  /** The image by its digest, as the input names its repository. */
  ref: string;
  /** The image and all that belongs to it, which is read while the repository that it goes to is looked for. */
  tree: Promise<ImageTree>;
}

interface PromotionParts {
  role: RolePlan;
  /** The permissions that the step's own role needs. */
  permissions: PolicyDocument;
  permissionsElsewhere: Pick<PermissionsElsewhere, 'roles'>;
  promotion?: PromotionPlan;
}

/**
 * Finds the image to promote, by the role that may read it.
 * @throws {Failure} where there is no such image, or it is archived.
 */
export function findSource(run: RunOf<PromotionParts>, aws: AwsSession): Promise<Source> {
  const { job, plan } = run;
  return job.step('Find the image to promote', async log => {
    const promotion = required(plan.promotion);
    const { name, repository, region, address } = promotion.source;
    if (promotion.role !== undefined) log.info(`Role        ${promotion.role.arn}`);
    const ecr = await openSource(run, { promotion, aws });
    const where = { repositoryName: repository.name, ...inRegistry(repository) };
    const [found] = await readImages(ecr, where, [name]).catch((error: unknown) => {
      throw isRefusal(error, 'RepositoryNotFoundException')
        ? noRepository(address, { region, error })
        : error;
    });
    if (found === undefined) throw await explainMissing({ ecr }, where, { name, address });
    const { digest, registryId = repository.registryId } = found;
    if (registryId === undefined) {
      throw new Failure(`ECR answered without the account of ${address}.`, { remedy: 'Run the job again.' });
    }
    const ref = `${address}@${digest}`;
    log.result(`Found ${ref}`);
    const place = { ecr, region, repository: { name: repository.name, registryId, uri: address } };
    const readAll = async (): Promise<ImageTree> => {
      // Only a run that promotes needs it.
      const { readTree } = await import('../copy/read-tree.ts');
      return readTree(place, found, { signal: job.signal });
    };
    return { place, digest, ref, tree: begin(readAll()) };
  });
}

/** Opens the client that reads the image: that of the step's own role, or one for another role or region. */
async function openSource(
  { job, plan: { role, permissions, permissionsElsewhere } }: RunOf<PromotionParts>,
  { promotion, aws }: { promotion: PromotionPlan; aws: AwsSession },
): Promise<Ecr> {
  const { role: other, source } = promotion;
  const { repositories } = promotionPermissions(promotion, role);
  if (other === undefined && source.region === aws.region && repositories.length === 0) return aws.ecr;
  const ofRole = permissionsElsewhere.roles.find(each => each.role === other?.arn);
  const needed = ofRole?.permissions ?? permissions;
  const admitting = repositories.flatMap(({ repository, permissions: policy }) => [
    `And in the policy of ${repository}, which its own account sets:`,
    JSON.stringify(policy, null, 2),
  ]);
  if (other === undefined && admitting.length > 0)
    admitting.push(
      'Instead of both, `source-role-to-assume` can name a role of that account that may read it.',
    );
  const as = other === undefined ? '' : `As ${other.arn}: `;
  const { ecr } = await openElsewhere(source.region, {
    credentials:
      other === undefined
        ? aws.credentials
        : providerOfOther(
            job,
            { ...role, region: regionForRole(other, { own: aws.region, place: source.region }) },
            { other, own: aws.credentials },
          ),
    denied: message => [`${as}${explainDenial(message, needed)}`, ...admitting].join('\n'),
    signal: job.signal,
  });
  return ecr;
}

function required(promotion: PromotionPlan | undefined): PromotionPlan {
  if (promotion !== undefined) return promotion;
  throw new Failure('The plan has no image to promote.', {
    remedy: 'Please report this run: it is our mistake.',
  });
}

function noRepository(address: string, { region, error }: { region: string; error: unknown }): Failure {
  return new Failure(`There is no repository ${address} in ${region}, as far as the role may see.`, {
    remedy:
      'Correct `image`. The mere name of a repository is looked for in the account of the role that reads it, and in `aws-region`; its URI or ARN names both. Nothing has been copied or created.',
    cause: error instanceof Failure ? error.cause : error,
  });
}
