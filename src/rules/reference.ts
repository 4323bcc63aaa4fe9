/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
const namePart = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*$/;

/** Says what is wrong with a repository's name, or `undefined`: ECR's own rule, with the offending part pointed at. */
export function faultOfRepositoryName(name: string): string | undefined {
  if (name.length < 2 || name.length > 256) return `has ${name.length} characters; ECR allows 2 to 256`;
  if (!/^[a-z]/.test(name)) return `starts with '${name.charAt(0)}'; ECR wants a lower-case letter first`;
  const part = name.split('/').find(each => !namePart.test(each));
  if (part === '') return `has an empty part between slashes`;
  return part === undefined
    ? undefined
    : `has the part '${part}'; ECR allows lower-case letters and digits, joined by '.', '_', '__' or dashes`;
}

/** What ECR would accept in the place of a name that it refuses. */
export function nearestRepositoryName(name: string): string {
  return name
    .replace(/^[^/]*\.[^/]*\//, '')
    .replace(/[:@].*$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9._/-]+/g, '-')
    .split('/')
    .map(part => part.replace(/[._-]*([._-])[._-]*/g, '$1').replace(/^[._-]+|[._-]+$/g, ''))
    .filter(Boolean)
    .join('/')
    .replace(/^[^a-z]+/, '')
    .slice(0, 256);
}

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
export function isTag(text: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(text);
}
