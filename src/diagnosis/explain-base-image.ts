import { baseImageIn, sayRegistry } from '../ecr/base-registries.ts';
import { addressOf } from '../ecr/reference.ts';

/** What is known of a build that failed, as far as it is about the registry of a base image. */
export interface BaseImageCase {
  /** Name of the fault; `undefined` for one that is unknown. */
  fault: string | undefined;
  /** The hosts that the step is logged in to, all of them registries of ECR. */
  hosts: readonly string[];
  /** Whether GitHub withholds an identity at AWS from the job. */
  lacksIdentity: boolean;
}

/** What to write so that the step is logged in to the registry of an image, where that is one of ECR. */
export function explainLogin(image: string, { hosts, lacksIdentity }: BaseImageCase): string[] {
  const [host = ''] = image.split('/', 1);
  if (hosts.includes(host)) return ['The step has logged in to that registry with its role.'];
  const found = baseImageIn(image);
  if (found === undefined) return [];
  return lacksIdentity
    ? [
        'GitHub gives a pull request from a fork or of Dependabot no identity at AWS, so that the step logs in to no registry of ECR: such pull requests need a base image that asks for no login.',
      ]
    : [
        `Write \`login-registries: ${sayRegistry(found.registry)}\`, and the step logs in to it with its role.`,
      ];
}

/** Faults that ECR answers too where a pull-through cache lacks a permission. */
const mayBePullThrough: ReadonlySet<string> = new Set(['image not found', 'image may not be pulled']);

/**
 * What an image of a registry of ECR needs that is filled by a pull-through cache. While a permission is missing, ECR says only that there is
 * no such image, and by digest it pulls none that it does not have.
 *
 * - https://docs.aws.amazon.com/AmazonECR/latest/userguide/error-pullthroughcache.html
 * - https://github.com/aws/containers-roadmap/issues/2837
 */
export function explainPullThrough(image: string, { fault = '', hosts }: BaseImageCase): string[] {
  const [, host = '', prefix] = /^([^/]+)\/([\w.-]+)\/./.exec(image) ?? [];
  const isEcr =
    baseImageIn(image) !== undefined || (hosts.includes(host) && addressOf(image).type !== 'public');
  if (!mayBePullThrough.has(fault) || !isEcr || prefix === undefined) return [];
  const byDigest = image.includes('@')
    ? '; and what is not in the cache yet is found by its tag alone, without a digest'
    : '';
  return [
    `Where a pull-through cache rule fills \`${prefix}/\`, ECR says so too while the role lacks ecr:BatchImportUpstreamImage or, for the first pull of an image, ecr:CreateRepository on the repositories below \`${prefix}/\`${byDigest}.`,
  ];
}
