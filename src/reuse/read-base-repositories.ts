import { join } from 'node:path';
import type { Build } from '../build/build.ts';
import { contextsOf } from '../build/contexts.ts';
import { namesEcrHost } from '../ecr/base-registries.ts';
import type { BaseRepository } from '../ecr/base-registries.ts';
import { readTextFile } from '../platform/workspace.ts';

/** Reads from the Dockerfile, and from what it is given, the repositories of ECR that base images come from. */
export async function readBaseRepositories(build: Build, architecture: string): Promise<BaseRepository[]> {
  const file = build.file ?? join(build.context, 'Dockerfile');
  const text = contextsOf(build)['context']?.kind === 'folder' ? readTextFile(file) : undefined;
  const dockerfile = typeof text === 'string' ? text : '';
  const { buildArgs, buildContexts, jobValues } = build;
  if (![dockerfile, ...buildArgs, ...buildContexts, ...Object.values(jobValues)].some(namesEcrHost))
    return [];
  // The parser is large, and most Dockerfiles name no host of ECR.
  const { baseRepositoriesOf } = await import('./base-repositories.ts');
  try {
    return baseRepositoriesOf(dockerfile, { build, native: `linux/${architecture}` });
  } catch {
    // They are for the policy alone. BuildKit says what is wrong with a Dockerfile that the parser does not get along with.
    return [];
  }
}
