import type { PolicyDocument, PolicyStatement } from '../aws/iam-policy.ts';

/** The permissions that others need than the step's own role. */
export interface PermissionsElsewhere {
  /** The other roles of the run. */
  roles: RolePermissions[];
  /** Repositories of other accounts, whose own policies have to admit a role of the run. */
  repositories: RepositoryPermissions[];
}

/** Permissions for a part of the run, by who has to be given them. */
export interface PermissionsByHolder extends PermissionsElsewhere {
  /** Further statements for the step's own role. */
  own: PolicyStatement[];
}

/** The permissions of a role other than the step's own. */
export interface RolePermissions {
  /** Its ARN. */
  role: string;
  /** Whether GitHub's OIDC assumes it, so that its trust policy has to admit the job. */
  isByOidc: boolean;
  permissions: PolicyDocument;
}

/** What the policy of a repository has to say, so that a role of another account may act there. */
export interface RepositoryPermissions {
  /** The ARN of the repository. */
  repository: string;
  permissions: PolicyDocument;
}
