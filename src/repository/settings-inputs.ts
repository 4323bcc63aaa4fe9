import * as parsers from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import * as validators from '../validation/validators.ts';
import type { AskedSettings, Encryption } from './plan.ts';
import { conflictingSids } from './repository-policy.ts';
import { catalogOf, documentOf, resourceTagsOf } from './settings-parsers.ts';

/** How to read inputs that may name a file. */
export interface ReadSettingsOptions {
  /** Answers the text itself, or the content of the file that it names. */
  contentOf(text: string): parsers.Parsed<string>;
}

/** Reads the settings that the inputs ask for; a setting that is left out is not compared and not changed. */
export function readSettings(reader: InputReader, { contentOf }: ReadSettingsOptions): AskedSettings {
  const scanOnPush = reader.read('scan-on-push', text => parsers.parseBoolean(text), undefined);
  const encryption = readEncryption(reader);
  const lifecyclePolicy = reader.read(
    'lifecycle-policy',
    text =>
      parsers.parseFurther(contentOf(text), json =>
        documentOf(json, { name: 'rules', min: 100, max: 30_720 }),
      ),
    undefined,
  );
  const repositoryPolicy = reader.read(
    'repository-policy',
    text =>
      parsers.parseFurther(contentOf(text), json =>
        documentOf(json, { name: 'Statement', min: 0, max: 10_240 }),
      ),
    undefined,
  );
  const catalog = reader.read(
    'catalog-data',
    text => parsers.parseFurther(contentOf(text), catalogOf),
    undefined,
  );
  const services = reader.list('pull-services', parsers.parseList, validators.servicePrincipal);
  const asked = {
    ...readMutability(reader),
    ...(scanOnPush !== undefined && { scanOnPush }),
    ...(encryption !== undefined && { encryption }),
    tags: reader.read('repository-tags', resourceTagsOf, {}),
    ...(lifecyclePolicy !== undefined && { lifecyclePolicy }),
    ...(repositoryPolicy !== undefined && { repositoryPolicy }),
    pullAccounts: [...new Set(reader.list('pull-accounts', parsers.parseList, validators.accountId))],
    pullServices: [...new Set(services.map(each => (each.includes('.') ? each : `${each}.amazonaws.com`)))],
    ...(catalog !== undefined && { catalog }),
  };
  rejectOurSids(reader, asked);
  return asked;
}

/** Rejects a statement of the user whose Sid is that of one that `pull-accounts` or `pull-services` adds. */
function rejectOurSids(reader: InputReader, asked: AskedSettings): void {
  const [taken] = conflictingSids(asked);
  if (taken === undefined) return;
  reader.reject('repository-policy', taken, {
    problem: 'is the Sid of the statement that `pull-accounts` or `pull-services` adds',
    remedy: 'Give your statement another Sid, or leave that input out.',
  });
}

const tagSettings = ['IMMUTABLE_WITH_EXCLUSION', 'IMMUTABLE', 'MUTABLE_WITH_EXCLUSION', 'MUTABLE'] as const;

/** Reads the mutability of tags. https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html */
function readMutability(reader: InputReader): Pick<AskedSettings, 'mutability' | 'exclusions'> {
  const given = reader.read(
    'image-tag-mutability',
    text => parsers.parseChoice(text, tagSettings),
    undefined,
  );
  const exclusions = reader.list(
    'image-tag-mutability-exclusions',
    parsers.parseList,
    validators.exclusionFilter,
  );
  const refuse = (problem: string, remedy: string): void =>
    reader.reject('image-tag-mutability-exclusions', exclusions.join(', '), { problem, remedy });
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

function readEncryption(reader: InputReader): Encryption | undefined {
  const key = reader.optional('kms-key', validators.kmsKey);
  const type = reader.read(
    'encryption-type',
    text => parsers.parseChoice(text, ['AES256', 'KMS', 'KMS_DSSE'] as const),
    key === undefined ? undefined : 'KMS',
  );
  if (type === 'AES256' && key !== undefined) {
    reader.reject('kms-key', key, {
      problem: 'is not used by `encryption-type: AES256`',
      remedy: 'Set `encryption-type` to KMS or KMS_DSSE, or leave the key out.',
    });
  }
  return type === undefined ? undefined : { type, ...(key !== undefined && { key }) };
}
