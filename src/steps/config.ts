import type { Aws } from '../platform/aws.ts';
import { readConfigs } from '../platform/image-config.ts';
import type { Description } from '../rules/build.ts';
import { saidBy } from '../rules/image-config.ts';
import { manifestTypes } from '../rules/manifest.ts';
import type { Manifest } from './manifest.ts';
import type { Repository } from './repository.ts';

/** Reads what the first platform's image says of itself, once and only when it is asked for; nobody depends on it. */
export function configOf(
  { ecr }: Aws,
  { name: repositoryName, registryId }: Repository,
  manifest: () => Promise<Manifest>,
): () => Promise<Description | undefined> {
  const read = async (): Promise<Description | undefined> => {
    const digests = (await manifest()).platforms.slice(0, 1).map(({ digest }) => digest);
    const configs = await readConfigs(ecr, { repositoryName, registryId }, { digests, types: manifestTypes });
    return configs.map(saidBy)[0];
  };
  let held: Promise<Description | undefined> | undefined;
  return () => (held ??= read().catch(() => undefined));
}
