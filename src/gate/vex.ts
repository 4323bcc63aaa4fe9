import type { PlatformImage } from '../ecr/platforms.ts';
import { nameOneRepository } from '../ecr/reference.ts';
import type { Finding } from '../scan/findings.ts';

/** The image, with everything by which VEX documents can name it. */
export interface Product {
  /** The repository's URI. */
  uri: string;
  /** The digest that was pushed; for several platforms that of the index. */
  digest: string;
  tags: readonly string[];
  platforms: readonly PlatformImage[];
}

/** The parts of a package URL. https://github.com/package-url/purl-spec */
export interface Purl {
  type: string;
  namespace?: string;
  name: string;
  version?: string;
  qualifiers: Readonly<Record<string, string>>;
}

/** A product of a VEX statement, or a subcomponent of one. */
export interface Component {
  purls: readonly Purl[];
  /** Its identifiers that are not package URLs, such as an image reference. */
  names: readonly string[];
  /** `sha256:…` */
  digests: readonly string[];
}

/** The statuses of OpenVEX. */
export const statuses = ['not_affected', 'affected', 'fixed', 'under_investigation'] as const;

/** One statement about a vulnerability in products. https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md */
export interface VexStatement {
  /** The vulnerability's name and aliases, in lower case. */
  vulnerability: readonly string[];
  products: readonly (Component & { subcomponents: readonly Component[] })[];
  status: (typeof statuses)[number];
  /** The document's reason for the status, in one line. */
  reason: string;
  /** Timestamp of the statement or else of its document, in milliseconds since the epoch. */
  at: number;
  /** Path of the document. */
  source: string;
}

interface FindingOnPlatform {
  finding: Finding;
  platform: string;
  image: Product;
}

/** The newest statement on a finding; of two with the same time, the later one in the documents. */
export function latestStatement(
  statements: readonly VexStatement[],
  place: FindingOnPlatform,
): VexStatement | undefined {
  return statements
    .filter(statement => isAbout(statement, place))
    .toSorted((a, b) => a.at - b.at)
    .at(-1);
}

function isAbout({ vulnerability, products }: VexStatement, place: FindingOnPlatform): boolean {
  if (!vulnerability.includes(place.finding.id.toLowerCase())) return false;
  return products.some(product => {
    const { subcomponents } = product;
    if (isImage(product, place)) {
      return subcomponents.length === 0 || subcomponents.some(each => isPackage(each, place.finding));
    }
    // The product may be the package itself, whatever image it is in.
    return subcomponents.length === 0 && isPackage(product, place.finding);
  });
}

/** Whether a product is this image on this platform: by digest, by reference, or by name. */
function isImage({ purls, names, digests }: Component, { image, platform }: FindingOnPlatform): boolean {
  const own = new Set([
    image.digest,
    ...image.platforms.filter(each => each.platform === platform).map(each => each.digest),
  ]);
  return (
    digests.some(digest => own.has(digest)) ||
    names.some(name => isImageReference(name, { image, own })) ||
    purls.some(purl => isImageUrl(purl, { image, platform, own }))
  );
}

/** Whether a name is the repository, alone or with a tag or a digest of the image. */
function isImageReference(
  name: string,
  { image, own }: { image: Product; own: ReadonlySet<string> },
): boolean {
  const [place = '', digest, ...more] = name.split('@');
  const colon = place.lastIndexOf(':');
  // A colon before the last slash is that of a port.
  const hasTag = colon > place.lastIndexOf('/');
  return (
    more.length === 0 &&
    nameOneRepository(hasTag ? place.slice(0, colon) : place, image.uri) &&
    (!hasTag || image.tags.includes(place.slice(colon + 1))) &&
    (digest === undefined || own.has(digest))
  );
}

/** https://github.com/package-url/purl-spec/blob/main/types-doc/oci-definition.md */
function isImageUrl(
  { type, name, version, qualifiers }: Purl,
  { image, platform, own }: { image: Product; platform: string; own: ReadonlySet<string> },
): boolean {
  const { repository_url: url, tag, arch } = qualifiers;
  if (type !== 'oci' && type !== 'docker') return false;
  if (arch !== undefined && platform.split('/')[1] !== arch) return false;
  // A digest identifies the image in any repository. A name has to be in the same repository.
  if (version !== undefined) return own.has(version);
  const repositoryUrl = url?.replace(/^https?:\/\//, '').replace(/\/$/, '');
  return (
    image.uri.split('/').at(-1)?.toLowerCase() === name.toLowerCase() &&
    (repositoryUrl === undefined ||
      nameOneRepository(repositoryUrl, image.uri) ||
      nameOneRepository(`${repositoryUrl}/${name}`, image.uri)) &&
    (tag === undefined || image.tags.includes(tag))
  );
}

/** Whether a component is the package of the finding. ECR does not report the package's type, so name and version decide. */
function isPackage({ purls, names }: Component, { package: name, installed }: Finding): boolean {
  return (
    names.includes(name) ||
    purls.some(purl => {
      if (purl.type === 'oci' || purl.type === 'docker') return false;
      const { namespace, version, qualifiers } = purl;
      const packageNames = [
        purl.name,
        ...(namespace ? [`${namespace}/${purl.name}`, `${namespace}:${purl.name}`] : []),
      ];
      const versions = [version, `${qualifiers['epoch'] ?? 0}:${version}`];
      return packageNames.includes(name) && (version === undefined || versions.includes(installed));
    })
  );
}
