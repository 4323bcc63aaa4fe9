import { endpointsOf } from '../ecr/hosts.ts';
import {
  addressOf,
  inLowerCase,
  partsOfImage,
  problemWithRepositoryName,
  nearestRepositoryName,
  repositoryName,
} from '../ecr/reference.ts';
import type { RepositoryAddress } from '../ecr/reference.ts';
import * as parsers from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import * as validators from '../validation/validators.ts';
import { driftChoices } from './plan.ts';
import type { RepositoryInputs } from './plan.ts';
import { readSettings } from './settings-inputs.ts';
import type { ReadSettingsOptions } from './settings-inputs.ts';

/** Reads the inputs about the repository that the image goes to. */
export function readRepository(
  reader: InputReader,
  options: ReadSettingsOptions & { env: Readonly<Record<string, string | undefined>> },
): RepositoryInputs {
  const address = addressOf(reader.text('repository', repositoryName));
  const registryId = readRegistryId(reader, address);
  const { region, alias, host } = address;
  const endpoints = host === undefined ? endpointsOf(options.env) : undefined;
  const inputs: RepositoryInputs = {
    type: readType(reader, address),
    name: address.name,
    ...(registryId !== undefined && { registryId }),
    ...(region !== undefined && { region }),
    ...(alias !== undefined && { alias }),
    ...(host !== undefined && { host }),
    ...(endpoints !== undefined && { endpoints }),
    create: reader.read('create-repository', parsers.parseBoolean, true),
    asked: readSettings(reader, options),
    onDrift: reader.read('on-drift', text => parsers.parseChoice(text, driftChoices), 'report'),
    allowExpiry: reader.read('allow-lifecycle-expiry', parsers.parseBoolean, false),
  };
  rejectInapplicable(reader, inputs);
  return inputs;
}

/** The inputs that name a repository. */
const repositoryNames = ['repository', 'cache-repository', 'image'];

/** What the log says of names of repositories that were given in upper case, a sentence for each input. */
export function readLowered(reader: InputReader): string[] {
  return repositoryNames.flatMap(input => {
    const text = reader.text(input, () => undefined);
    const name = input === 'image' ? partsOfImage(text).path : text;
    return name === undefined || name === inLowerCase(name)
      ? []
      : [`\`${input}\` is taken in lower case, as ECR wants names: ${inLowerCase(name)}`];
  });
}

/** Rejects a region or a list of accounts that contradicts the repository's address. */
export function rejectOtherRegion(
  reader: InputReader,
  { region, registryId }: RepositoryInputs,
  role: { region: string; allowedAccountIds: string[] },
): void {
  if (region !== undefined && role.region !== region) {
    reader.reject('aws-region', role.region, {
      problem: `is not the region of \`repository\`, ${region}`,
      remedy: "Correct one of the two; with the repository's URI or ARN `aws-region` can be left out.",
    });
  }
  const { allowedAccountIds } = role;
  if (registryId !== undefined && allowedAccountIds.length > 0 && !allowedAccountIds.includes(registryId)) {
    reader.reject('allowed-account-ids', allowedAccountIds.join(', '), {
      problem: `does not name ${registryId}, the account of the registry`,
      remedy: 'Add it there, or correct `repository` or `registry-id`.',
    });
  }
}

/**
 * Rejects the wait for a scan in ECR Public, which does not scan: the image would otherwise be released without a judgement.
 */
export function rejectScanOfPublic(
  reader: InputReader,
  { type }: RepositoryInputs,
  { wait }: { wait: boolean },
): void {
  if (type === 'private' || !wait) return;
  reader.reject('wait-for-scan', 'true', {
    problem: 'is not to be had in ECR Public, which scans nothing',
    remedy: 'Set `wait-for-scan: false`: the image is then pushed and released without a judgement.',
  });
}

function readRegistryId(reader: InputReader, address: RepositoryAddress): string | undefined {
  const given = reader.optional('registry-id', validators.accountId);
  if (given !== undefined && address.registryId !== undefined && given !== address.registryId) {
    reader.reject('registry-id', given, {
      problem: `is not the account in \`repository\`, ${address.registryId}`,
      remedy: 'Correct one of the two, or leave `registry-id` out.',
    });
  }
  return given ?? address.registryId;
}

function readType(reader: InputReader, address: RepositoryAddress): 'private' | 'public' {
  const type = reader.read(
    'registry-type',
    text => parsers.parseChoice(text, ['private', 'public'] as const),
    address.type ?? 'private',
  );
  if (address.type !== undefined && address.type !== type) {
    reader.reject('registry-type', type, {
      problem: `is not the kind of registry in \`repository\`, which is ${address.type}`,
      remedy: 'Correct one of the two, or leave `registry-type` out.',
    });
  }
  return type;
}

/** Rejects inputs that this kind of registry does not support, so that they are not silently ignored. */
function rejectInapplicable(reader: InputReader, { type, asked, allowExpiry }: RepositoryInputs): void {
  const refuse = (input: string, value: string, problem: string, remedy: string): void =>
    reader.reject(input, value, { problem, remedy });
  if (allowExpiry && asked.lifecyclePolicy === undefined)
    refuse(
      'allow-lifecycle-expiry',
      'true',
      'is for a policy, and there is none',
      'Give `lifecycle-policy`.',
    );
  if (type === 'private') {
    if (asked.catalog !== undefined)
      refuse(
        'catalog-data',
        '…',
        'is for ECR Public, and this repository is private',
        'Set `registry-type: public`.',
      );
    return;
  }
  const unsupported: [input: string, value: string | undefined][] = [
    ['image-tag-mutability', asked.mutability],
    ['image-tag-mutability-exclusions', asked.exclusions?.join(', ')],
    ['scan-on-push', asked.scanOnPush?.toString()],
    ['encryption-type', asked.encryption?.type],
    ['lifecycle-policy', asked.lifecyclePolicy && '…'],
    ['pull-accounts', asked.pullAccounts.join(', ') || undefined],
    ['pull-services', asked.pullServices.join(', ') || undefined],
  ];
  for (const [input, value] of unsupported) {
    if (value !== undefined)
      refuse(input, value, 'does not exist in ECR Public, where everybody pulls', 'Leave it out.');
  }
}

/**
 * Names an image that is not pushed: it needs a valid name, and the one of the inputs may come from a variable that GitHub
 * withholds from a fork. The name on GitHub is then used.
 */
export function withLocalName(repository: RepositoryInputs, githubName: string): RepositoryInputs {
  if (!problemWithRepositoryName(repository.name)) return repository;
  return { ...repository, name: nearestRepositoryName(githubName) || 'image' };
}
