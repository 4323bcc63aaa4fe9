import { parseArn } from '../aws/arn.ts';
import { addressOf, inLowerCase, problemWithRepository } from '../ecr/reference.ts';
import type { Encryption, RepositoryInputs } from '../repository/plan.ts';
import type { ReadSettingsOptions } from '../repository/settings-inputs.ts';
import { documentOf } from '../repository/settings-parsers.ts';
import type { RoleInputs } from '../role/plan.ts';
import { attributesOf } from '../validation/csv-attributes.ts';
import type { Attributes, RuleLine } from '../validation/csv-attributes.ts';
import * as parsers from '../validation/parsers.ts';
import type { Parsed, Problem } from '../validation/parsers.ts';
import * as validators from '../validation/validators.ts';
import { readOtherRole, refuseWhereUnknown } from './destination-role.ts';
import type { CheckedAttribute } from './destination-role.ts';
import type { CopyInputs } from './plan.ts';

const attributeNames = [
  'repository',
  'region',
  'registry-id',
  'role-to-assume',
  'role-external-id',
  'role-chaining',
  'create-repository',
  'create',
  'encryption-type',
  'kms-key',
  'repository-policy',
  'lifecycle-policy',
] as const;

/** What a line of `copy-to` leaves out is taken from here. */
export interface DestinationContext extends ReadSettingsOptions {
  repository: RepositoryInputs;
  role: RoleInputs;
}

/** Reads a line of `copy-to`: a repository's URI, ARN or name, attributes, or both. */
export function parseDestination({ fields }: RuleLine, options: DestinationContext): Parsed<CopyInputs> {
  const attributes = attributesOf(fields, {
    bare: 'repository',
    names: () => ({ allowed: attributeNames, of: '`copy-to`' }),
  });
  const checked: CheckedAttribute = (name, check) =>
    attributes.read(name, text => {
      const problem = check(text);
      return problem ?? { value: text };
    });
  const text = checked(
    'repository',
    given => (fields.includes(given) ? problemWithPlace(given) : undefined) ?? problemWithRepository(given),
  );
  const address = text === undefined ? undefined : addressOf(text);
  if (address?.type === 'public') {
    attributes.refuse({
      problem: 'is a repository of ECR Public, to which nothing is copied',
      remedy: 'Give a private repository, and push to ECR Public in a step of its own.',
    });
  }
  const region = oneOfTwo(attributes, 'region', {
    given: checked('region', code =>
      validators.region(code) === undefined
        ? undefined
        : { problem: 'is not a region', remedy: 'Give its code, such as eu-central-1.' },
    ),
    inAddress: address?.region,
  });
  const registryId = oneOfTwo(attributes, 'registry-id', {
    given: checked('registry-id', validators.accountId),
    inAddress: address?.registryId,
  });
  const role = readOtherRole(attributes, { checked, role: options.role });
  const place = { region: region ?? options.role.region, registryId };
  refuseWhereUnknown(attributes, { ...place, copier: role, role: options.role });
  const create = readCreate(attributes);
  const encryption = readEncryption(attributes, { checked, region: place.region });
  const repositoryPolicy = readDocument(attributes, options, { name: 'Statement', min: 0, max: 10_240 });
  const lifecyclePolicy = readDocument(attributes, options, { name: 'rules', min: 100, max: 30_720 });
  const owner = registryId ?? parseArn(role?.arn ?? '').account ?? options.repository.registryId;
  const lowered = sayLowered(text);
  const value: CopyInputs = {
    name: address?.name ?? options.repository.name,
    region: place.region,
    ...(owner !== undefined && { registryId: owner }),
    ...(address?.host !== undefined && { host: address.host }),
    ...(lowered !== undefined && { lowered }),
    ...(role !== undefined && { role }),
    ...(create !== undefined && { create }),
    ...(encryption !== undefined && { encryption }),
    ...(repositoryPolicy !== undefined && { repositoryPolicy }),
    ...(lifecyclePolicy !== undefined && { lifecyclePolicy }),
  };
  return attributes.firstProblem() ?? { value };
}

/** What is wrong with a region, an account or the host of a registry that stands alone, where the name of a repository is read. */
function problemWithPlace(text: string): Problem | undefined {
  const [account, region = ''] = /^\d{12}(@|$)/.test(text) ? text.split('@') : [undefined, text];
  const isRegion = validators.region(region) === undefined;
  if (account !== undefined) {
    return {
      problem: 'is an account and no repository',
      remedy: `Write ${isRegion ? `region=${region},` : ''}registry-id=${account}, or the role-to-assume= of that account in its place.`,
    };
  }
  if (isRegion) {
    return {
      problem: 'is a region and no repository',
      remedy: `Write region=${region}; for a repository of that name, repository=${region}.`,
    };
  }
  return text.includes('/') || addressOf(`${text}/app`).region === undefined
    ? undefined
    : { problem: 'is a registry and no repository', remedy: `Add the name, such as ${text}/team/app.` };
}

/** Reads a policy, as JSON or from the file that it names. */
function readDocument(
  attributes: Attributes,
  { contentOf }: ReadSettingsOptions,
  limits: Parameters<typeof documentOf>[1],
): string | undefined {
  const attribute = limits.name === 'rules' ? 'lifecycle-policy' : 'repository-policy';
  return attributes.read(attribute, text =>
    parsers.parseFurther(contentOf(text), json => documentOf(json, limits)),
  );
}

function sayLowered(text: string | undefined): string | undefined {
  return text === undefined || text === inLowerCase(text)
    ? undefined
    : `\`copy-to\` is taken in lower case, as ECR wants names: ${inLowerCase(text)}`;
}

/** A value that both an attribute and the address may give. */
function oneOfTwo(
  attributes: Attributes,
  name: string,
  { given: own, inAddress }: { given: string | undefined; inAddress: string | undefined },
): string | undefined {
  if (own !== undefined && inAddress !== undefined && own !== inAddress) {
    attributes.refuse({
      problem: `has the ${name} '${own}', and the address of its repository is in ${inAddress}`,
      remedy: `Correct one of the two, or leave \`${name}=\` out.`,
    });
  }
  return own ?? inAddress;
}

function readCreate(attributes: Attributes): boolean | undefined {
  const [create, short] = ['create-repository', 'create'].map(name =>
    attributes.read(name, parsers.parseBoolean),
  );
  if (create !== undefined && short !== undefined && create !== short) {
    attributes.refuse({
      problem: 'says both to create the repository and not to',
      remedy: 'Give one of `create-repository=` and `create=`.',
    });
  }
  return create ?? short;
}

function readEncryption(
  attributes: Attributes,
  { checked, region }: { checked: CheckedAttribute; region: string },
): Encryption | undefined {
  const key = checked('kms-key', validators.kmsKey);
  const type = attributes.read('encryption-type', text =>
    parsers.parseChoice(text, ['AES256', 'KMS', 'KMS_DSSE'] as const),
  );
  if (type === 'AES256' && key !== undefined) {
    attributes.refuse({
      problem: "has 'kms-key', which `encryption-type=AES256` does not use",
      remedy: 'Set `encryption-type` to KMS or KMS_DSSE, or leave the key out.',
    });
  }
  const problem = problemWithKeyRegion(key, region);
  if (problem !== undefined) attributes.refuse(problem);
  const encryptionType = type ?? (key === undefined ? undefined : 'KMS');
  return encryptionType && { type: encryptionType, ...(key !== undefined && { key }) };
}

function problemWithKeyRegion(key: string | undefined, region: string): Problem | undefined {
  const keyRegion = /^arn:[^:]+:kms:([^:]+):/.exec(key ?? '')?.[1];
  if (keyRegion === undefined || region === '' || keyRegion === region) return undefined;
  return {
    problem: `has a key in ${keyRegion}, and its repository is in ${region}`,
    remedy: 'ECR encrypts with a key of its own region: give one of them.',
  };
}
