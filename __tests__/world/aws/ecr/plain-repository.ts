import type { Registry, Repository } from './registry.ts';

/** A repository as ECR makes it by itself where no template says otherwise. */
export function plainRepository(registry: Registry, name: string, at: Date): Repository {
  return {
    name,
    arn: registry.arnOf(name),
    createdAt: at,
    mutability: 'MUTABLE',
    exclusionFilters: [],
    scanOnPush: false,
    encryption: { encryptionType: 'AES256' },
    resourceTags: {},
    images: new Map(),
    imageTags: new Map(),
  };
}
