/** A private registry of ECR that base images come from. */
export interface BaseRegistry {
  /** 12 digits. */
  registryId: string;
  region: string;
  /** The host that was written, where it is another than the API answers by default. */
  host?: string;
}

/** A registry as `login-registries` takes it. */
export function sayRegistry({ registryId, region, host }: BaseRegistry): string {
  return host ?? `${registryId}@${region}`;
}
