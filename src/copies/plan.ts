import { parseArn } from '../aws/arn.ts';
import type { Encryption, RepositoryPlan } from '../repository/plan.ts';
import { actingRole, planOtherRole } from '../role/plan.ts';
import type { OtherRole, OtherRoleInputs, RolePlan } from '../role/plan.ts';

/** A destination as a line of `copy-to` gives it. What is absent is as in `repository`, or there is none. */
export interface CopyInputs {
  name: string;
  region: string;
  /** 12 digits; by default the account of the role that copies there, or else that of the repository. */
  registryId?: string;
  /** The host in the address that was given, where it is another than the API answers. */
  host?: string;
  /** A sentence for the log about a name that was given in upper case. */
  lowered?: string;
  /** Another role than the step's own. */
  role?: OtherRoleInputs;
  create?: boolean;
  encryption?: Encryption;
  /** JSON text without spaces. */
  repositoryPolicy?: string;
  /** JSON text without spaces. */
  lifecyclePolicy?: string;
}

/** A repository that the image is copied to once it has been judged. */
export interface DestinationPlan {
  /** How the log, the errors and the summary call it, such as `team/app in eu-west-1 of 111122223333`. */
  title: string;
  region: string;
  repository: RepositoryPlan;
  /** The role that copies there, where it is another than the step's own. */
  role?: OtherRole;
  /**
   * Whether the step's own role copies to another account, where the policy of the repository has to admit it. Such a policy cannot
   * let it create the repository.
   */
  isForeign: boolean;
}

/** Plans the destinations. Keys, policies and who may pull are each destination's own; other settings are those of the repository. */
export function planCopies(
  inputs: readonly CopyInputs[],
  { role, repository, create }: { role: RolePlan; repository: RepositoryPlan; create: boolean },
): DestinationPlan[] {
  const ownAccount = parseArn(actingRole(role) ?? '').account;
  return inputs.map(given => {
    const { name, region, registryId, host, lowered, encryption, repositoryPolicy, lifecyclePolicy } = given;
    const isElsewhere = registryId !== undefined && ownAccount !== undefined && registryId !== ownAccount;
    const isForeign = given.role === undefined && isElsewhere;
    const { mutability, exclusions, scanOnPush, encryption: ofSource, tags } = repository.asked;
    const kept = encryption ?? (ofSource && { type: ofSource.type });
    return {
      title: `${name} in ${region}${registryId === undefined ? '' : ` of ${registryId}`}`,
      region,
      ...(given.role !== undefined && { role: planOtherRole(given.role, role) }),
      isForeign,
      repository: {
        type: 'private',
        name,
        region,
        ...(registryId !== undefined && { registryId }),
        ...(host !== undefined && { host }),
        ...(lowered !== undefined && { lowered: [lowered] }),
        create: given.create ?? (create && !isForeign),
        asked: {
          tags,
          ...(mutability !== undefined && { mutability }),
          ...(exclusions !== undefined && { exclusions }),
          ...(scanOnPush !== undefined && { scanOnPush }),
          ...(kept && { encryption: kept }),
          ...(repositoryPolicy !== undefined && { repositoryPolicy }),
          ...(lifecyclePolicy !== undefined && { lifecyclePolicy }),
          pullAccounts: [],
          pullServices: [],
        },
        onDrift: repository.onDrift,
        allowExpiry: repository.allowExpiry,
        mutability: repository.mutability,
        scanOnPush: repository.scanOnPush,
      },
    };
  });
}
