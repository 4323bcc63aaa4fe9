import { cacheTagFilter } from './cache.ts';
import type { Mutability } from './cache.ts';
import * as check from './check.ts';
import type { Door } from './door.ts';
import * as field from './field.ts';
import { addressOf } from './reference.ts';
import type { RepositoryAddress } from './reference.ts';
import { driftChoices } from './repository.ts';
import type { AskedSettings, Encryption, RepositoryInputs } from './repository.ts';
import { catalogOf, documentOf, resourceTagsOf } from './repository-fields.ts';

interface Surroundings {
  /** The text itself, or that of the file which it names. */
  contentOf(text: string): string;
}

/** Reads the inputs about the repository that the image goes to. */
export function readRepository(door: Door, surroundings: Surroundings): RepositoryInputs {
  const address = addressOf(door.text('repository', check.repositoryName));
  const registryId = readRegistryId(door, address);
  const { region, alias } = address;
  const inputs: RepositoryInputs = {
    type: readType(door, address),
    name: address.name,
    ...(registryId !== undefined && { registryId }),
    ...(region !== undefined && { region }),
    ...(alias !== undefined && { alias }),
    create: door.read('create-repository', field.flagOf, true),
    asked: readSettings(door, surroundings),
    onDrift: door.read('on-drift', text => field.choiceOf(text, driftChoices), 'report'),
    allowExpiry: door.read('allow-lifecycle-expiry', field.flagOf, false),
  };
  refuseWhatDoesNotApply(door, inputs);
  return inputs;
}

/** An address names its region; another one beside it is a mistake in one of the two. */
export function refuseOtherPlace(
  door: Door,
  { region, registryId }: RepositoryInputs,
  role: { region: string; allowedAccountIds: string[] },
): void {
  if (region !== undefined && role.region !== region) {
    door.fault('aws-region', role.region, {
      problem: `is not the region of \`repository\`, ${region}`,
      remedy: "Correct one of the two; with the repository's URI or ARN `aws-region` can be left out.",
    });
  }
  const { allowedAccountIds } = role;
  if (registryId !== undefined && allowedAccountIds.length > 0 && !allowedAccountIds.includes(registryId)) {
    door.fault('allowed-account-ids', allowedAccountIds.join(', '), {
      problem: `does not name ${registryId}, the account of the registry`,
      remedy: 'Add it there, or correct `repository` or `registry-id`.',
    });
  }
}

/** A gate that can't be had is not left open in silence. */
export function refuseScan(door: Door, { type }: RepositoryInputs, { wait }: { wait: boolean }): void {
  if (type === 'private' || !wait) return;
  door.fault('wait-for-scan', 'true', {
    problem: 'is not to be had in ECR Public, which scans nothing',
    remedy: 'Set `wait-for-scan: false`: the image is then pushed and released without a judgement.',
  });
}

function readRegistryId(door: Door, address: RepositoryAddress): string | undefined {
  const given = door.optional('registry-id', check.accountId);
  if (given !== undefined && address.registryId !== undefined && given !== address.registryId) {
    door.fault('registry-id', given, {
      problem: `is not the account in \`repository\`, ${address.registryId}`,
      remedy: 'Correct one of the two, or leave `registry-id` out.',
    });
  }
  return given ?? address.registryId;
}

function readType(door: Door, address: RepositoryAddress): 'private' | 'public' {
  const type = door.read(
    'registry-type',
    text => field.choiceOf(text, ['private', 'public'] as const),
    address.type ?? 'private',
  );
  if (address.type !== undefined && address.type !== type) {
    door.fault('registry-type', type, {
      problem: `is not the kind of registry in \`repository\`, which is ${address.type}`,
      remedy: 'Correct one of the two, or leave `registry-type` out.',
    });
  }
  return type;
}

function readSettings(door: Door, { contentOf }: Surroundings): AskedSettings {
  const mutability = readMutability(door);
  const scanOnPush = door.read('scan-on-push', text => field.flagOf(text), undefined);
  const encryption = readEncryption(door);
  const lifecyclePolicy = door.read(
    'lifecycle-policy',
    text => documentOf(contentOf(text), { name: 'rules', min: 100, max: 30_720 }),
    undefined,
  );
  const repositoryPolicy = door.read(
    'repository-policy',
    text => documentOf(contentOf(text), { name: 'Statement', min: 0, max: 10_240 }),
    undefined,
  );
  const catalog = door.read('catalog-data', text => catalogOf(contentOf(text)), undefined);
  const services = door.list('pull-services', field.itemsOf, check.servicePrincipal);
  return {
    ...(mutability !== undefined && { mutability }),
    ...(scanOnPush !== undefined && { scanOnPush }),
    ...(encryption !== undefined && { encryption }),
    tags: door.read('repository-tags', resourceTagsOf, {}),
    ...(lifecyclePolicy !== undefined && { lifecyclePolicy }),
    ...(repositoryPolicy !== undefined && { repositoryPolicy }),
    pullAccounts: door.list('pull-accounts', field.itemsOf, check.accountId),
    pullServices: services.map(each => (each.includes('.') ? each : `${each}.amazonaws.com`)),
    ...(catalog !== undefined && { catalog }),
  };
}

const tagSettings = ['IMMUTABLE_WITH_EXCLUSION', 'IMMUTABLE', 'MUTABLE_WITH_EXCLUSION', 'MUTABLE'] as const;

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html */
function readMutability(door: Door): Mutability | undefined {
  const given = door.read('image-tag-mutability', text => field.choiceOf(text, tagSettings), undefined);
  const exclusions = door.list('image-tag-mutability-exclusions', field.itemsOf, check.exclusionFilter);
  const refuse = (problem: string, remedy: string): void =>
    door.fault('image-tag-mutability-exclusions', exclusions.join(', '), { problem, remedy });
  if (exclusions.length > 5) refuse('are too many filters', 'ECR takes 5 at most.');
  if (exclusions.length > 0 && (given === 'MUTABLE' || given === 'IMMUTABLE'))
    refuse(
      `are for no repository that is ${given}`,
      `Set \`image-tag-mutability: ${given}_WITH_EXCLUSION\`.`,
    );
  if (given === 'MUTABLE_WITH_EXCLUSION' && exclusions.length === 0)
    refuse(
      'names no tag that cannot move',
      'Give filters such as v*, or set `image-tag-mutability: MUTABLE`.',
    );
  if (given === undefined && exclusions.length === 0) return undefined;
  const setting = given ?? 'IMMUTABLE_WITH_EXCLUSION';
  const byDefault = setting === 'IMMUTABLE_WITH_EXCLUSION' && exclusions.length === 0;
  return { setting, exclusions: byDefault ? [cacheTagFilter] : exclusions };
}

function readEncryption(door: Door): Encryption | undefined {
  const key = door.optional('kms-key', check.kmsKey);
  const type = door.read(
    'encryption-type',
    text => field.choiceOf(text, ['AES256', 'KMS', 'KMS_DSSE'] as const),
    key === undefined ? undefined : 'KMS',
  );
  if (type === 'AES256' && key !== undefined) {
    door.fault('kms-key', key, {
      problem: 'is not used by `encryption-type: AES256`',
      remedy: 'Set `encryption-type` to KMS or KMS_DSSE, or leave the key out.',
    });
  }
  return type === undefined ? undefined : { type, ...(key !== undefined && { key }) };
}

/** What one of the two kinds of registry does not have is told, never ignored. */
function refuseWhatDoesNotApply(door: Door, { type, asked, allowExpiry }: RepositoryInputs): void {
  const refuse = (input: string, value: string, problem: string, remedy: string): void =>
    door.fault(input, value, { problem, remedy });
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
  const absent: [input: string, value: string | undefined][] = [
    ['image-tag-mutability', asked.mutability?.setting],
    ['scan-on-push', asked.scanOnPush?.toString()],
    ['encryption-type', asked.encryption?.type],
    ['lifecycle-policy', asked.lifecyclePolicy && '…'],
    ['pull-accounts', asked.pullAccounts.join(', ') || undefined],
    ['pull-services', asked.pullServices.join(', ') || undefined],
  ];
  for (const [input, value] of absent) {
    if (value !== undefined)
      refuse(input, value, 'does not exist in ECR Public, where everybody pulls', 'Leave it out.');
  }
}
