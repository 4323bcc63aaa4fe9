import * as check from '../validation/validators.ts';
import type { Door } from '../validation/reader.ts';
import * as field from '../validation/parsers.ts';
import type { AskedSettings, Encryption } from './plan.ts';
import { catalogOf, documentOf, resourceTagsOf } from './settings-parsers.ts';
import { takenSids } from './policy.ts';

export interface Surroundings {
  /** The text itself, or that of the file which it names. */
  contentOf(text: string): string;
}

/** Reads how the repository should be; what is left out is nobody's wish. */
export function readSettings(door: Door, { contentOf }: Surroundings): AskedSettings {
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
  const asked = {
    ...readMutability(door),
    ...(scanOnPush !== undefined && { scanOnPush }),
    ...(encryption !== undefined && { encryption }),
    tags: door.read('repository-tags', resourceTagsOf, {}),
    ...(lifecyclePolicy !== undefined && { lifecyclePolicy }),
    ...(repositoryPolicy !== undefined && { repositoryPolicy }),
    pullAccounts: [...new Set(door.list('pull-accounts', field.itemsOf, check.accountId))],
    pullServices: [...new Set(services.map(each => (each.includes('.') ? each : `${each}.amazonaws.com`)))],
    ...(catalog !== undefined && { catalog }),
  };
  refuseOurSids(door, asked);
  return asked;
}

/** A statement of the user's own that would be taken for one that `pull-accounts` or `pull-services` adds. */
function refuseOurSids(door: Door, asked: AskedSettings): void {
  const [taken] = takenSids(asked);
  if (taken === undefined) return;
  door.fault('repository-policy', taken, {
    problem: 'is the Sid of the statement that `pull-accounts` or `pull-services` adds',
    remedy: 'Give your statement another Sid, or leave that input out.',
  });
}

const tagSettings = ['IMMUTABLE_WITH_EXCLUSION', 'IMMUTABLE', 'MUTABLE_WITH_EXCLUSION', 'MUTABLE'] as const;

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html */
function readMutability(door: Door): Pick<AskedSettings, 'mutability' | 'exclusions'> {
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
  return {
    ...(given !== undefined && { mutability: given }),
    ...(exclusions.length > 0 && { exclusions }),
  };
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
