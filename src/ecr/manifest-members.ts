import type { Struct } from './ambiguous-json.ts';

const platformMembers = {
  architecture: 'free',
  os: 'free',
  'os.version': 'free',
  'os.features': 'free',
  variant: 'free',
  features: 'free',
} satisfies Struct;

const descriptorMembers = {
  mediaType: 'free',
  digest: 'free',
  size: 'free',
  urls: 'free',
  annotations: 'free',
  data: 'free',
  platform: platformMembers,
  artifactType: 'free',
} satisfies Struct;

/**
 * The members of indexes, images and artifacts in one, because a program may read a manifest as any of them.
 * https://github.com/opencontainers/image-spec/blob/main/manifest.md
 * https://distribution.github.io/distribution/spec/deprecated-schema-v1/
 */
export const manifestMembers = {
  schemaVersion: 'free',
  mediaType: 'free',
  artifactType: 'free',
  manifests: descriptorMembers,
  config: descriptorMembers,
  layers: descriptorMembers,
  blobs: descriptorMembers,
  subject: descriptorMembers,
  annotations: 'free',
  name: 'free',
  tag: 'free',
  architecture: 'free',
  fsLayers: { blobSum: 'free' },
  history: 'free',
  signatures: 'free',
} satisfies Struct;

/** The members of an image's config. https://github.com/opencontainers/image-spec/blob/main/config.md */
export const configMembers = {
  ...platformMembers,
  created: 'free',
  author: 'free',
  config: {
    User: 'free',
    ExposedPorts: 'free',
    Env: 'free',
    Entrypoint: 'free',
    Cmd: 'free',
    Volumes: 'free',
    WorkingDir: 'free',
    Labels: 'free',
    StopSignal: 'free',
    ArgsEscaped: 'free',
    Memory: 'free',
    MemorySwap: 'free',
    CpuShares: 'free',
    Healthcheck: 'free',
    OnBuild: 'free',
    Shell: 'free',
  },
  rootfs: { type: 'free', diff_ids: 'free' },
  history: { created: 'free', author: 'free', created_by: 'free', comment: 'free', empty_layer: 'free' },
} satisfies Struct;
