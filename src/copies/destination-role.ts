import { parseArn } from '../aws/arn.ts';
import { partitionOf } from '../ecr/hosts.ts';
import type { OtherRoleInputs, RoleInputs } from '../role/plan.ts';
import type { Attributes } from '../validation/csv-attributes.ts';
import * as parsers from '../validation/parsers.ts';
import * as validators from '../validation/validators.ts';
import type { Validator } from '../validation/validators.ts';

/** Reads an attribute whose text has to pass a check. */
export type CheckedAttribute = (name: string, check: Validator) => string | undefined;

/** Reads the role of a line of `copy-to`; without one the step's own copies there. */
export function readOtherRole(
  attributes: Attributes,
  { checked, role }: { checked: CheckedAttribute; role: RoleInputs },
): OtherRoleInputs | undefined {
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

/** Refuses an account that `allowed-account-ids` lacks, and a partition of AWS in which whoever copies there is not known. */
export function refuseWhereUnknown(
  attributes: Attributes,
  {
    region,
    registryId,
    copier,
    role,
  }: {
    region: string;
    registryId: string | undefined;
    copier: OtherRoleInputs | undefined;
    role: RoleInputs;
  },
): void {
  refuseForeignAccounts(attributes, { accounts: accountsIn(registryId, copier), role });
  refuseOtherPartition(attributes, { region, roleArn: copier?.arn, own: role.region });
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
