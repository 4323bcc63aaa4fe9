import type { Finding } from '../scan/findings.ts';
import type { PlatformImage } from '../ecr/manifest.ts';

/** The image as VEX documents can name it. */
export interface Product {
  /** The repository's URI. */
  uri: string;
  /** Of what was pushed; of several platforms, the index's. */
  digest: string;
  tags: readonly string[];
  platforms: readonly PlatformImage[];
}

/** A package URL, taken apart. https://github.com/package-url/purl-spec */
export interface Purl {
  type: string;
  namespace?: string;
  name: string;
  version?: string;
  qualifiers: Readonly<Record<string, string>>;
}

/** A product of a statement, or a component in it. */
export interface Component {
  purls: readonly Purl[];
  /** What it is called where that is no package URL, such as a reference of an image. */
  names: readonly string[];
  /** `sha256:…` */
  digests: readonly string[];
}

export const statuses = ['not_affected', 'affected', 'fixed', 'under_investigation'] as const;

/** One assertion about vulnerability and products. https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md */
export interface VexStatement {
  /** Its name and the other names it has, in lower case. */
  vulnerability: readonly string[];
  products: readonly (Component & { subcomponents: readonly Component[] })[];
  status: (typeof statuses)[number];
  /** What the document says of the status, in one line. */
  reason: string;
  /** Milliseconds since the epoch, of the statement or else of its document. */
  at: number;
  /** The document's file. */
  source: string;
}

interface FindingPlace {
  finding: Finding;
  platform: string;
  image: Product;
}

/** The last word on a finding; of two statements of the same time the one that stands later. */
export function statusIn(statements: readonly VexStatement[], place: FindingPlace): VexStatement | undefined {
  return statements
    .filter(statement => isAbout(statement, place))
    .toSorted((a, b) => a.at - b.at)
    .at(-1);
}

function isAbout({ vulnerability, products }: VexStatement, place: FindingPlace): boolean {
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
function isImage({ purls, names, digests }: Component, { image, platform }: FindingPlace): boolean {
  const own = new Set([
    image.digest,
    ...image.platforms.filter(each => each.platform === platform).map(each => each.digest),
  ]);
  const references = new Set([
    image.uri,
    ...[...own].map(digest => `${image.uri}@${digest}`),
    ...image.tags.map(tag => `${image.uri}:${tag}`),
  ]);
  return (
    digests.some(digest => own.has(digest)) ||
    names.some(name => references.has(name)) ||
    purls.some(purl => isImageUrl(purl, { image, platform, own }))
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
  // A digest is the image wherever it lies; a name needs the place to agree.
  if (version !== undefined) return own.has(version);
  const home = url?.replace(/^https?:\/\//, '').replace(/\/$/, '');
  return (
    image.uri.split('/').at(-1)?.toLowerCase() === name.toLowerCase() &&
    (home === undefined || home === image.uri || `${home}/${name}` === image.uri) &&
    (tag === undefined || image.tags.includes(tag))
  );
}

/** Whether a component is the package that has the finding. ECR tells no package's type, so its name and version speak. */
function isPackage({ purls, names }: Component, { package: name, installed }: Finding): boolean {
  return (
    names.includes(name) ||
    purls.some(purl => {
      if (purl.type === 'oci' || purl.type === 'docker') return false;
      const { namespace, version, qualifiers } = purl;
      const called = [
        purl.name,
        ...(namespace ? [`${namespace}/${purl.name}`, `${namespace}:${purl.name}`] : []),
      ];
      const versions = [version, `${qualifiers['epoch'] ?? 0}:${version}`];
      return called.includes(name) && (version === undefined || versions.includes(installed));
    })
  );
}
