import { parseArn } from '../aws/arn.ts';
import { addressOf, repositoryName } from '../ecr/reference.ts';
import * as parsers from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import type { Validator } from '../validation/validators.ts';
import type { CacheService } from './github-cache-access.ts';
import { cacheKinds } from './plan.ts';
import type { CacheInputs } from './plan.ts';

interface ReadCacheOptions {
  service: CacheService;
  architecture: string;
  repository: { type: 'private' | 'public'; registryId?: string; host?: string };
  role: { region: string; arns: string[] };
  /** Masks a value in the log from then on. */
  hide: (secret: string) => void;
}

const cacheChoices = ['auto', ...cacheKinds, 'off'] as const;

/** Reads the inputs about where layers are cached. */
export function readCache(reader: InputReader, options: ReadCacheOptions): CacheInputs {
  const { service, architecture, hide } = options;
  const cache = reader.read('cache', text => parsers.parseChoice(text, cacheChoices), 'auto');
  const repository = readCacheRepository(reader, options);
  const from = reader.list('cache-from', parsers.parseLines, validateCacheBackend);
  const to = reader.list('cache-to', parsers.parseLines, validateCacheBackend);
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

/**
 * Reads `cache-repository`, a name, URI or ARN, and returns its name. It has to be in the registry of the image, as the
 * step logs in to that one alone.
 */
function readCacheRepository(
  reader: InputReader,
  { repository, role }: ReadCacheOptions,
): string | undefined {
  const text = reader.optional('cache-repository', repositoryName);
  if (text === undefined) return undefined;
  const { name, type, region, registryId, host } = addressOf(text);
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
  else if (host !== undefined && host !== repository.host)
    refuse(`names another host than \`repository\`, ${repository.host ?? 'which leaves it to ECR'}`);
  else if (registryId !== undefined) {
    const imageRegistryId = repository.registryId ?? parseArn(role.arns.at(-1) ?? '').account;
    if (imageRegistryId === undefined)
      reader.reject('cache-repository', text, {
        problem: "names an account, which the step cannot compare with that of the job's own credentials",
        remedy: `Give its name alone, ${name}, or that account in \`registry-id\` too.`,
      });
    else if (imageRegistryId !== registryId)
      refuse(`is not in the registry of the image, ${imageRegistryId}`);
  }
  return name;
}

/** Rejects backends with a secret in their options, and masks it. The runner may already have shown it in the log. */
function refuseSecrets(
  reader: InputReader,
  inputs: Record<string, string[]>,
  { hide }: Pick<ReadCacheOptions, 'hide'>,
): void {
  for (const [input, lines] of Object.entries(inputs)) {
    for (const line of lines.filter(hasSecret)) {
      for (const { groups } of line.matchAll(secretPattern)) hide(groups?.['value'] ?? '');
      reader.reject(input, `${line.slice(0, line.search(secretPattern))}…`, {
        problem: 'has a secret in it, which every process of the machine could read',
        remedy: "Give it in the step's `env`, as the backend's own documentation says.",
      });
    }
  }
}

/** Matches a secret in buildx's comma-separated options, whose names may be in any case and whose items may be quoted. */
const secretPattern =
  /(?<=(?:^|,)\s*"?(?:secret_access_key|session_token|token|ghtoken|account_key)=)(?<value>[^,"]+)/gi;

function hasSecret(line: string): boolean {
  return line.search(secretPattern) >= 0;
}

/** Accepts `type=…,key=value` or an image's reference. Text with a secret passes, as {@link refuseSecrets} rejects it without showing the secret. */
const validateCacheBackend: Validator = text => {
  if (hasSecret(text)) return undefined;
  if (/(^|,)\s*"?ref=(\/|"?(,|$))/.test(text)) {
    return {
      problem: 'has a reference without a registry',
      remedy:
        'An expression before the name is empty, such as that of a login step which is gone: write the host, or leave `cache-from` and `cache-to` out for the cache that the step keeps in ECR.',
    };
  }
  return /^[a-z0-9][^\s=,]*$/i.test(text) || /(^|,)type=[a-z0-9]+(,|$)/.test(text)
    ? undefined
    : {
        problem: 'is not a cache of buildx',
        remedy: 'Give one a line, such as type=registry,ref=HOST/NAME:TAG or type=gha,scope=NAME.',
      };
};
