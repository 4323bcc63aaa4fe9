import { parseArn } from '../aws/arn.ts';
import { partitionOf } from '../ecr/hosts.ts';
import { addressOf, inLowerCase, problemWithRepository } from '../ecr/reference.ts';
import type { Encryption, RepositoryInputs } from '../repository/plan.ts';
import type { ReadSettingsOptions } from '../repository/settings-inputs.ts';
import { documentOf } from '../repository/settings-parsers.ts';
import type { OtherRoleInputs, RoleInputs } from '../role/plan.ts';
import { attributesOf } from '../validation/csv-attributes.ts';
import type { Attributes, RuleLine } from '../validation/csv-attributes.ts';
import * as parsers from '../validation/parsers.ts';
import type { Parsed, Problem } from '../validation/parsers.ts';
import * as validators from '../validation/validators.ts';
import type { Validator } from '../validation/validators.ts';
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
  const checked = (name: string, check: Validator): string | undefined =>
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
  const place = { region: region ?? options.role.region, accounts: accountsIn(registryId, role) };
  refuseForeignAccounts(attributes, { ...place, role: options.role });
  refuseOtherPartition(attributes, { region: place.region, roleArn: role?.arn, own: options.role.region });
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

interface RoleOptions {
  checked: (name: string, check: Validator) => string | undefined;
  role: RoleInputs;
}

function readOtherRole(attributes: Attributes, { checked, role }: RoleOptions): OtherRoleInputs | undefined {
  const arn = checked('role-to-assume', validators.roleArn);
  const externalId = checked('role-external-id', validators.externalId);
  const chaining = attributes.read('role-chaining', parsers.parseBoolean);
  if (attributes.text('role-to-assume') === undefined) {
    const unused = ['role-external-id', 'role-chaining'].find(name => attributes.text(name) !== undefined);
    if (unused !== undefined)
      attributes.refuse({
        problem: `has '${unused}' and no role`,
        remedy: `Name the role in \`role-to-assume=\`, or leave \`${unused}=\` out.`,
      });
    return undefined;
  }
  const isOidc = chaining === undefined ? isByOidc(role) : !chaining;
  if (externalId !== undefined && isOidc) {
    attributes.refuse({
      problem: "has 'role-external-id', and a role that GitHub's OIDC assumes takes none",
      remedy: 'Add `role-chaining=true`, where the role of the step assumes this one, or leave it out.',
    });
  }
  if (arn === undefined) return undefined;
  return {
    arn,
    ...(externalId !== undefined && { externalId }),
    ...(chaining !== undefined && { chaining }),
  };
}

function isByOidc({ arns, chaining, keys }: RoleInputs): boolean {
  return arns.length > 0 && !chaining && keys === undefined;
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
  { checked, region }: { checked: RoleOptions['checked']; region: string },
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

function accountsIn(registryId: string | undefined, role: OtherRoleInputs | undefined): string[] {
  const roleAccount = parseArn(role?.arn ?? '').account;
  return [registryId, roleAccount].filter(each => each !== undefined);
}

function refuseForeignAccounts(
  attributes: Attributes,
  { accounts, role: { allowedAccountIds } }: { accounts: readonly string[]; role: RoleInputs },
): void {
  const foreign = accounts.find(each => !allowedAccountIds.includes(each));
  if (allowedAccountIds.length === 0 || foreign === undefined) return;
  attributes.refuse({
    problem: `is in account ${foreign}, which \`allowed-account-ids\` does not name`,
    remedy: `Add it there, or correct this line. Allowed: ${allowedAccountIds.join(', ')}.`,
  });
}

/** Refuses a partition of AWS in which whoever copies there is not known. */
function refuseOtherPartition(
  attributes: Attributes,
  { region, roleArn = '', own }: { region: string; roleArn: string | undefined; own: string },
): void {
  const ofRole = parseArn(roleArn).partition ?? partitionOf(own);
  const partition = partitionOf(region);
  if (own === '' || partition === ofRole) return;
  attributes.refuse({
    problem: `is in the partition ${partition} of AWS, and the role that copies there is of ${ofRole}`,
    remedy:
      "No role is known in another partition: give one of that partition in `role-to-assume=`, which GitHub's OIDC assumes, or correct this line.",
  });
}
