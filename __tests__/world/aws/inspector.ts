import { authorize } from './authorization.ts';
import type { Ecr } from './ecr/ecr.ts';
import type { Identities, Principal } from './identities.ts';
import { isRecord, parseRecord } from './json.ts';
import { Refusal } from './refusal.ts';

/** Amazon Inspector, as far as its coverage of ECR's images goes. */
export interface InspectorContext {
  ecr: Ecr;
  identities: Identities;
  region: string;
  now: () => Date;
}

/**
 * What Inspector covers, narrowed by the ids of images.
 *
 * @see https://docs.aws.amazon.com/inspector/v2/APIReference/API_ListCoverage.html
 * @throws {Refusal} AccessDeniedException, ValidationException
 */
export function listCoverage(
  { ecr, identities, region, now }: InspectorContext,
  body: string,
  { principal }: { principal: Principal },
): object {
  const place = { region, now: now() };
  authorize(identities, { principal, action: 'inspector2:ListCoverage', resource: '*', place });
  const { filterCriteria } = parseRecord(body) ?? {};
  const ids = isRecord(filterCriteria) ? valuesOf(filterCriteria.resourceId) : [];
  const covered = ecr.repositories().flatMap(repository =>
    Array.from(repository.images.values()).flatMap(image => {
      const reason = ecr.scans.coverageOf(repository, image);
      const resourceId = `${repository.arn}/${image.digest}`;
      if (reason === undefined || (ids.length > 0 && !ids.includes(resourceId))) return [];
      return [
        {
          accountId: ecr.accountId,
          resourceId,
          resourceType: 'AWS_ECR_CONTAINER_IMAGE',
          scanType: 'PACKAGE',
          scanStatus: { statusCode: reason === 'SUCCESSFUL' ? 'ACTIVE' : 'INACTIVE', reason },
        },
      ];
    }),
  );
  return { coveredResources: covered };
}

function valuesOf(filters: unknown): string[] {
  if (!Array.isArray(filters)) return [];
  return filters.map((filter: unknown) => {
    if (!isRecord(filter) || filter.comparison !== 'EQUALS' || typeof filter.value !== 'string')
      throw new Refusal('ValidationException', 'The filter criteria are not valid.');
    return filter.value;
  });
}
