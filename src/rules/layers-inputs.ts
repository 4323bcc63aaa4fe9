import type { CacheService } from './cache-service.ts';
import * as check from './check.ts';
import type { Check } from './check.ts';
import type { Door } from './door.ts';
import * as field from './field.ts';
import { cacheKinds } from './layers.ts';
import type { LayersInputs } from './layers.ts';

interface Surroundings {
  service: CacheService;
  architecture: string;
  repository: { type: 'private' | 'public' };
}

const choices = ['auto', ...cacheKinds, 'off'] as const;

/** Reads the inputs about where layers are cached. */
export function readLayers(door: Door, surroundings: Surroundings): LayersInputs {
  const { service, architecture } = surroundings;
  const cache = door.read('cache', text => field.choiceOf(text, choices), 'auto');
  const repository = door.optional('cache-repository', check.repositoryName);
  const from = door.list('cache-from', field.linesOf, cacheBackend);
  const to = door.list('cache-to', field.linesOf, cacheBackend);
  if (repository !== undefined && cache !== 'auto' && cache !== 'registry') {
    door.fault('cache-repository', repository, {
      problem: `would not be used with \`cache: ${cache}\``,
      remedy: 'Leave it out, or set `cache: registry`.',
    });
  }
  if (repository !== undefined && surroundings.repository.type === 'public') {
    door.fault('cache-repository', repository, {
      problem: 'is in a private registry, and the image goes to ECR Public',
      remedy: 'Leave it out: the step speaks to one registry.',
    });
  }
  if (from.length > 0 && to.length > 0 && cache !== 'auto' && cache !== 'off') {
    door.fault('cache', cache, {
      problem: 'would not be used, as `cache-from` and `cache-to` take its place',
      remedy: 'Leave one of the three out.',
    });
  }
  return { cache, ...(repository !== undefined && { repository }), from, to, service, architecture };
}

/** `type=…,key=value` or an image's reference; keys of other services come from the environment, never from here. */
const cacheBackend: Check = text => {
  if (/(^|,)(secret_access_key|session_token|token|ghtoken|account_key)=/.test(text)) {
    return {
      problem: 'has a secret in it, which every process of the machine could read',
      remedy: "Give it in the step's `env`, as the backend's own documentation says.",
    };
  }
  return /^[a-z0-9][^\s=,]*$/i.test(text) || /(^|,)type=[a-z0-9]+(,|$)/.test(text)
    ? undefined
    : {
        problem: 'is not a cache of buildx',
        remedy: 'Give one a line, such as type=registry,ref=HOST/NAME:TAG or type=gha,scope=NAME.',
      };
};
