import type { Aws } from '../aws/aws.ts';
import { isRefusal } from '../aws/client.ts';
import type { Log } from '../platform/job.ts';
import { driftOf, sayDiffering, sayDrift } from './drift.ts';
import type { Drift, CurrentSettings, Scanning } from './drift.ts';
import type { AskedSettings, RepositoryPlan } from './plan.ts';
import { ownerOf } from './repository-policy.ts';
import type { Repository } from './repository.ts';

/** The settings of an existing repository, and where they differ from what the inputs ask for. */
export interface SettingsDiff {
  found: CurrentSettings;
  drift: Drift[];
  /**
   * Policies that a new repository of another run lacks. That run may not have put them yet, or not know of them, so they are put
   * as on a repository of this run, whatever `on-drift` says.
   */
  missing: Drift[];
}

/** Whether a repository is compared: one that was there, where the inputs ask for settings and do not say to ignore them. */
export function isToCompare({ asked, onDrift }: RepositoryPlan, { madeBy }: Repository): boolean {
  const isCompared = madeBy === 'somebody before' || madeBy === 'another run at once';
  return isCompared && onDrift !== 'ignore' && isAnythingAsked(asked);
}

/** Compares a repository with the settings that its plan asks for, and tells how they differ. */
export async function compareSettings(
  aws: Aws,
  { asked, onDrift }: RepositoryPlan,
  { repository, log }: { repository: Repository; log: Log },
): Promise<SettingsDiff> {
  const found = await findSettings(aws, { repository, asked, log });
  const all = driftOf(asked, found, ownerOf(repository.arn ?? ''));
  const missing = repository.madeBy === 'another run at once' ? all.filter(isMissingPolicy) : [];
  const drift = all.filter(each => !missing.includes(each));
  const differs = sayDiffering(drift);
  if (onDrift === 'report' && drift.length > 0)
    log.warn(`${repository.name}: ${differs}\n${drift.map(sayDrift).join('\n')}`);
  else for (const each of drift) log.info(sayDrift(each));
  for (const { setting, asked: given } of missing)
    log.info(`${setting}: asked ${given}, is none yet and is put, as the repository is new`);
  log.result(drift.length === 0 ? 'As asked' : `${differs} (\`on-drift: ${onDrift}\`)`);
  return { found, drift, missing };
}

function isMissingPolicy({ policy, document }: Drift): boolean {
  return policy !== undefined && document === undefined;
}

function isAnythingAsked({ tags, pullAccounts, pullServices, ...rest }: AskedSettings): boolean {
  return Object.keys({ ...rest, ...tags }).length + pullAccounts.length + pullServices.length > 0;
}

interface FindSettingsOptions {
  repository: Repository;
  asked: AskedSettings;
  log: Log;
}

/**
 * Reads the settings that the inputs ask for. Those that DescribeRepositories does not answer take one call each, all at the
 * same time.
 */
async function findSettings(
  { ecr }: Aws,
  { repository, asked, log }: FindSettingsOptions,
): Promise<CurrentSettings> {
  const where = { repositoryName: repository.name, registryId: repository.registryId };
  const hasPolicy =
    asked.repositoryPolicy !== undefined || asked.pullAccounts.length + asked.pullServices.length > 0;
  const ownSetting: Scanning = { onPush: repository.scanOnPush, by: "the repository's own setting" };
  const [scanning, tags, lifecyclePolicy, repositoryPolicy, catalog] = await Promise.all([
    asked.scanOnPush === undefined ? ownSetting : findScanning({ ecr }, { repository, ownSetting, log }),
    Object.keys(asked.tags).length === 0 || repository.arn === undefined
      ? []
      : ecr.listTagsForResource({ resourceArn: repository.arn }).then(answer => answer.tags ?? []),
    asked.lifecyclePolicy === undefined
      ? undefined
      : ecr
          .getLifecyclePolicy(where)
          .then(answer => answer.lifecyclePolicyText, noneIf('LifecyclePolicyNotFoundException')),
    hasPolicy
      ? ecr
          .getRepositoryPolicy(where)
          .then(answer => answer.policyText, noneIf('RepositoryPolicyNotFoundException'))
      : undefined,
    asked.catalog === undefined
      ? undefined
      : ecr
          .getRepositoryCatalogData(where)
          .then(answer => answer.catalogData, noneIf('RepositoryCatalogDataNotFoundException')),
  ]);
  const { description, architectures, operatingSystems, aboutText, usageText } = catalog ?? {};
  return {
    mutability: repository.mutability,
    scanning,
    encryption: repository.encryption,
    tags: Object.fromEntries(tags.flatMap(({ Key, Value }) => (Key ? [[Key, Value ?? '']] : []))),
    ...(lifecyclePolicy !== undefined && { lifecyclePolicy }),
    ...(repositoryPolicy !== undefined && { repositoryPolicy }),
    catalog: {
      ...(description !== undefined && { description }),
      ...(architectures !== undefined && { architectures }),
      ...(operatingSystems !== undefined && { operatingSystems }),
      ...(aboutText !== undefined && { aboutText }),
      ...(usageText !== undefined && { usageText }),
    },
  };
}

/** Turns this error of ECR into `undefined`, and throws any other. */
function noneIf(code: string): (error: unknown) => undefined {
  return error => {
    if (!isRefusal(error, code)) throw error;
  };
}

/** Whether pushed images are scanned. The rules of the registry take precedence over the repository's own setting. */
async function findScanning(
  { ecr }: Pick<Aws, 'ecr'>,
  { repository, ownSetting, log }: { repository: Repository; ownSetting: Scanning; log: Log },
): Promise<Scanning> {
  try {
    const { scanningConfigurations } = await ecr.batchGetRepositoryScanningConfiguration({
      repositoryNames: [repository.name],
    });
    const [found] = scanningConfigurations ?? [];
    // ECR answers for the registry of the role's account, which may not be that of the repository.
    if (found?.repositoryArn !== repository.arn) return ownSetting;
    if (found?.scanFrequency === undefined || !found.appliedScanFilters?.length) return ownSetting;
    return { onPush: found.scanFrequency !== 'MANUAL', by: "the registry's rules" };
  } catch (error) {
    if (!isRefusal(error, 'AccessDeniedException')) throw error;
    log.info(
      "Scanning is judged by the repository's own setting: the registry's rules may not be read (ecr:BatchGetRepositoryScanningConfiguration)",
    );
    return ownSetting;
  }
}
