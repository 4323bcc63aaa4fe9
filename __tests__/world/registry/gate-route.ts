/** What a request of the registry protocol is about, and the permission that ECR asks for it. */
export type Route =
  | { kind: 'version' }
  | { kind: 'manifest' | 'referrers'; repositoryName: string; permission: string; reference: string }
  | { kind: 'blob' | 'upload' | 'tags'; repositoryName: string; permission: string };

const permissions = {
  manifest: { GET: 'BatchGetImage', HEAD: 'BatchGetImage', PUT: 'PutImage' },
  blob: { GET: 'GetDownloadUrlForLayer', HEAD: 'BatchCheckLayerAvailability' },
  upload: {
    POST: 'InitiateLayerUpload',
    PATCH: 'UploadLayerPart',
    GET: 'UploadLayerPart',
    DELETE: 'UploadLayerPart',
    PUT: 'CompleteLayerUpload',
  },
  tags: { GET: 'ListImages' },
  referrers: { GET: 'BatchGetImage' },
};

/**
 * Reads a path of the registry protocol; undefined when it has none of ECR's endpoints, or not with this method.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#endpoints
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 */
export function parseRoute(method: string, path: string): Route | undefined {
  if (/^\/v2\/?$/.test(path)) return { kind: 'version' };
  const [, repositoryName, rest] = /^\/v2\/(.+)\/((?:manifests|blobs|tags|referrers)\/.*)$/.exec(path) ?? [];
  if (repositoryName === undefined || rest === undefined) return undefined;
  const kind = kindOf(rest);
  const permission = kind && new Map(Object.entries(permissions[kind])).get(method);
  if (kind === undefined || permission === undefined) return undefined;
  if (kind !== 'manifest' && kind !== 'referrers') return { kind, repositoryName, permission };
  return { kind, repositoryName, permission, reference: rest.slice(rest.indexOf('/') + 1) };
}

function kindOf(rest: string): keyof typeof permissions | undefined {
  if (rest.startsWith('manifests/')) return 'manifest';
  if (rest.startsWith('blobs/uploads/')) return 'upload';
  if (rest.startsWith('blobs/')) return 'blob';
  if (rest.startsWith('referrers/')) return 'referrers';
  return rest === 'tags/list' ? 'tags' : undefined;
}
