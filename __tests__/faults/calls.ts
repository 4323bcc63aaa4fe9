/**
 * A call as every run of a scenario makes it: a label of the stand-ins without what is new in each run, such as
 * `registry:PUT /v2/{repository}/manifests/{commit}`.
 */
export function callOf(label: string): string {
  const [, method, path] = /^registry:(\w+) (\/\S*)$/.exec(label) ?? [];
  if (label.startsWith('layer:')) return label.replace(/sha256:[0-9a-f]{64}$/, '{digest}');
  if (method === undefined || path === undefined) return label.replaceAll(/\b\d+\b/g, '{n}');
  const [, name, kind, rest] = /^\/v2\/(.+)\/(manifests|blobs|tags|referrers)\/(.*)$/.exec(path) ?? [];
  if (name === undefined || kind === undefined || rest === undefined) return label;
  return `registry:${method} /v2/${nameOf(name)}/${kind}/${kind === 'blobs' ? blobOf(rest) : referenceOf(rest)}`;
}

/** Requests that the stand-ins know by a second label of their own, beside the one of the request. */
export function isCall(label: string): boolean {
  return label !== 'registry:PUT attestation';
}

function nameOf(repository: string): string {
  return /(^|\/)caches(-|$)/.test(repository) ? '{caches}' : '{repository}';
}

function blobOf(rest: string): string {
  return rest.replace(/^sha256:[0-9a-f]{64}$/, '{digest}').replace(/^uploads\/.+$/, 'uploads/{upload}');
}

function referenceOf(reference: string): string {
  if (reference.startsWith('sha256:')) return '{digest}';
  if (/^[0-9a-f]{40}(-[a-z0-9-]+)?$/.test(reference)) return '{commit}';
  const [, cache] = /^(buildcache|content|mounts)-/.exec(`${reference}-`) ?? [];
  return cache === undefined ? '{tag}' : `{${cache}}`;
}
