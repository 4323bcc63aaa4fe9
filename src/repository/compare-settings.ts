import type { RunOf } from '../platform/run.ts';
import type { Aws } from '../aws/aws.ts';
import { isRefusal } from '../aws/client.ts';
import type { Log } from '../platform/job.ts';
import { driftOf, sayDiffering, sayDrift } from './drift.ts';
import type { Drift, CurrentSettings, Scanning } from './drift.ts';
import type { Repository } from './ensure-repository.ts';
import type { AskedSettings, RepositoryPlan } from './plan.ts';
import { ownerOf } from './policy.ts';

/** An existing repository beside what was asked for by name. */
export interface SettingsDiff {
  found: CurrentSettings;
  drift: Drift[];
}

/** Compares an existing repository with what was asked for by name; where nothing was, nothing is asked of ECR. */
export async function compareRepository(
  { job, plan, tell }: RunOf<{ repository: RepositoryPlan }, { settings: SettingsDiff }>,
  aws: Aws,
  repository: Repository,
): Promise<SettingsDiff | undefined> {
  const { asked, onDrift } = plan.repository;
  if (repository.madeBy !== 'somebody before' || onDrift === 'ignore' || !isAnythingAsked(asked))
    return undefined;
  return job.step('Compare the repository', async log => {
    const found = await findSettings(aws, { repository, asked, log });
    const drift = driftOf(asked, found, ownerOf(repository.arn ?? ''));
    const differs = sayDiffering(drift);
    if (onDrift === 'report' && drift.length > 0)
      log.warn(`${repository.name}: ${differs}\n${drift.map(sayDrift).join('\n')}`);
    else for (const each of drift) log.info(sayDrift(each));
    log.result(drift.length === 0 ? 'As asked' : `${differs} (\`on-drift: ${onDrift}\`)`);
    tell({ settings: { found, drift } });
    return { found, drift };
  });
}

function isAnythingAsked({ tags, pullAccounts, pullServices, ...rest }: AskedSettings): boolean {
  return Object.keys({ ...rest, ...tags }).length + pullAccounts.length + pullServices.length > 0;
}

interface FindSettingsOptions {
  repository: Repository;
  asked: AskedSettings;
  log: Log;
}

/** One call for each kind of setting that was asked for and that DescribeRepositories does not tell, all at once. */
async function findSettings(
  { ecr }: Aws,
  { repository, asked, log }: FindSettingsOptions,
): Promise<CurrentSettings> {
  const where = { repositoryName: repository.name, registryId: repository.registryId };
  const hasPolicy =
    asked.repositoryPolicy !== undefined || asked.pullAccounts.length + asked.pullServices.length > 0;
  const own: Scanning = { onPush: repository.scanOnPush, by: "the repository's own setting" };
  const [scanning, tags, lifecyclePolicy, repositoryPolicy, catalog] = await Promise.all([
    asked.scanOnPush === undefined ? own : findScanning({ ecr }, { repository, own, log }),
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

function noneIf(code: string): (error: unknown) => undefined {
  return error => {
    if (!isRefusal(error, code)) throw error;
  };
}

/** The registry's rules outrank the repository's own setting, which then says nothing. */
async function findScanning(
  { ecr }: Pick<Aws, 'ecr'>,
  { repository, own, log }: { repository: Repository; own: Scanning; log: Log },
): Promise<Scanning> {
  try {
    const { scanningConfigurations } = await ecr.batchGetRepositoryScanningConfiguration({
      repositoryNames: [repository.name],
    });
    const [found] = scanningConfigurations ?? [];
    // It is asked of the role's own registry, whoever's the repository is.
    if (found?.repositoryArn !== repository.arn) return own;
    if (found?.scanFrequency === undefined || !found.appliedScanFilters?.length) return own;
    return { onPush: found.scanFrequency !== 'MANUAL', by: "the registry's rules" };
  } catch (error) {
    if (!isRefusal(error, 'AccessDeniedException')) throw error;
    log.info(
      "Scanning is judged by the repository's own setting: the registry's rules may not be read (ecr:BatchGetRepositoryScanningConfiguration)",
    );
    return own;
  }
}
