import { parseArn } from '../aws/arn.ts';
import type { CacheService } from './github-cache.ts';
import type { Validator } from '../validation/validators.ts';
import type { InputReader } from '../validation/reader.ts';
import * as parsers from '../validation/parsers.ts';
import { cacheKinds } from './plan.ts';
import type { CacheInputs } from './plan.ts';
import { addressOf, repositoryName } from '../ecr/reference.ts';

interface ReadCacheOptions {
  service: CacheService;
  architecture: string;
  repository: { type: 'private' | 'public'; registryId?: string };
  role: { region: string; arns: string[] };
  /** Hides a value in everything that is shown from there on. */
  hide: (secret: string) => void;
}

const choices = ['auto', ...cacheKinds, 'off'] as const;

/** Reads the inputs about where layers are cached. */
export function readCache(reader: InputReader, surroundings: ReadCacheOptions): CacheInputs {
  const { service, architecture, hide } = surroundings;
  const cache = reader.read('cache', text => parsers.parseChoice(text, choices), 'auto');
  const repository = readRepository(reader, surroundings);
  const from = reader.list('cache-from', parsers.parseLines, cacheBackend);
  const to = reader.list('cache-to', parsers.parseLines, cacheBackend);
  refuseSecrets(reader, { 'cache-from': from, 'cache-to': to }, { hide });
  if (repository !== undefined && cache !== 'auto' && cache !== 'registry') {
    reader.reject('cache-repository', repository, {
      problem: `would not be used with \`cache: ${cache}\``,
      remedy: 'Leave it out, or set `cache: registry`.',
    });
  }
  if (repository !== undefined && from.length > 0 && to.length > 0) {
    reader.reject('cache-repository', repository, {
      problem: 'would not be used, as `cache-from` and `cache-to` take its place',
      remedy: 'Leave one of the three out.',
    });
  }
  if (from.length > 0 && to.length > 0 && cache !== 'auto' && cache !== 'off') {
    reader.reject('cache', cache, {
      problem: 'would not be used, as `cache-from` and `cache-to` take its place',
      remedy: 'Leave one of the three out.',
    });
  }
  return { cache, ...(repository !== undefined && { repository }), from, to, service, architecture };
}

/** Its name, also from its URI or ARN: the step logs in to one registry and speaks to that one alone. */
function readRepository(reader: InputReader, { repository, role }: ReadCacheOptions): string | undefined {
  const text = reader.optional('cache-repository', repositoryName);
  if (text === undefined) return undefined;
  const { name, type, region, registryId } = addressOf(text);
  const refuse = (problem: string): void =>
    reader.reject('cache-repository', text, {
      problem,
      remedy:
        'Name a repository of the registry that the image goes to, or leave it out: the step speaks to one.',
    });
  if (repository.type === 'public') refuse('is in a private registry, and the image goes to ECR Public');
  else if (type === 'public')
    refuse('is in ECR Public, where everybody could read what the image leaves out');
  else if (region !== undefined && role.region !== '' && region !== role.region)
    refuse(`is not in the region of the image, ${role.region}`);
  else if (registryId !== undefined) {
    const own = repository.registryId ?? parseArn(role.arns.at(-1) ?? '').account;
    if (own === undefined)
      reader.reject('cache-repository', text, {
        problem: "names an account, which the step cannot compare with that of the job's own credentials",
        remedy: `Give its name alone, ${name}, or that account in \`registry-id\` too.`,
      });
    else if (own !== registryId) refuse(`is not in the registry of the image, ${own}`);
  }
  return name;
}

/** The runner may have shown such a key already; from here on nobody does. */
function refuseSecrets(
  reader: InputReader,
  inputs: Record<string, string[]>,
  { hide }: Pick<ReadCacheOptions, 'hide'>,
): void {
  for (const [input, lines] of Object.entries(inputs)) {
    for (const line of lines.filter(hasSecret)) {
      for (const { groups } of line.matchAll(secret)) hide(groups?.['value'] ?? '');
      reader.reject(input, `${line.slice(0, line.search(secret))}…`, {
        problem: 'has a secret in it, which every process of the machine could read',
        remedy: "Give it in the step's `env`, as the backend's own documentation says.",
      });
    }
  }
}

/** An item of buildx's comma-separated options, which takes names in any case and quotes around an item. */
const secret =
  /(?<=(?:^|,)\s*"?(?:secret_access_key|session_token|token|ghtoken|account_key)=)(?<value>[^,"]+)/gi;

function hasSecret(line: string): boolean {
  return line.search(secret) >= 0;
}

/** `type=…,key=value` or an image's reference; keys of other services come from the environment, never from here. */
const cacheBackend: Validator = text =>
  hasSecret(text) || /^[a-z0-9][^\s=,]*$/i.test(text) || /(^|,)type=[a-z0-9]+(,|$)/.test(text)
    ? undefined
    : {
        problem: 'is not a cache of buildx',
        remedy: 'Give one a line, such as type=registry,ref=HOST/NAME:TAG or type=gha,scope=NAME.',
      };
