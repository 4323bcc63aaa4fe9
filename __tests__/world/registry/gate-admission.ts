import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Ecr } from '../aws/ecr/ecr.ts';
import { referrersOf } from '../aws/ecr/image-referrers.ts';
import type { Repository } from '../aws/ecr/registry.ts';
import { findActiveImage } from '../aws/ecr/storage-class.ts';
import type { Principal } from '../aws/identities.ts';
import { Refusal } from '../aws/refusal.ts';
import type { Faults } from '../faults.ts';
import { forward } from './forward.ts';
import type { Forwarded } from './forward.ts';
import { parseRoute } from './gate-route.ts';
import type { Route } from './gate-route.ts';

/** A request by somebody whose password was good, or who has none. */
export interface Visit {
  message: IncomingMessage;
  response: ServerResponse;
  method: string;
  /** Where the request would go in the registry behind the gate. */
  url: URL;
  principal: Principal | undefined;
  faults: Faults;
  /** Told what went on to the registry behind the gate and what came back. */
  count: (forwarded: Forwarded) => void;
}

const largestManifestBytes = 4_194_304;
/** Tags in one answer. */
const largestPage = 1000;

/**
 * Does what ECR would with a request, and lets the registry behind the gate answer the rest.
 *
 * @returns the HTTP status
 * @throws {Refusal}
 */
export async function admit(ecr: Ecr, visit: Visit): Promise<number> {
  const { message, response, method, url, principal } = visit;
  const route = parseRoute(method, url.pathname);
  if (!route) throw new Refusal('UNSUPPORTED', 'The operation is unsupported.', 405);
  if (route.kind === 'version')
    return end(response, 200, { 'docker-distribution-api-version': 'registry/2.0' });

  const repositoryName = nameOf(route.repositoryName, ecr);
  // A layer may come whole with the request that completes it, as BuildKit sends it.
  const brings = route.kind === 'upload' && method === 'PUT' && message.headers['content-length'] !== '0';
  if (brings) ecr.admit(principal, 'UploadLayerPart', repositoryName);
  if (route.kind === 'manifest' && method !== 'PUT') {
    await ecr.pullThrough(principal, { repositoryName, reference: route.reference });
  }
  const repository = ecr.admit(principal, route.permission, repositoryName);
  if (route.kind === 'manifest' && method === 'PUT')
    return await receive(ecr, visit, { ...route, repositoryName });
  if (route.kind === 'referrers')
    return listReferrers(response, repository, { url, subject: route.reference });
  if (route.kind === 'manifest') {
    const { reference } = route;
    // The registry behind may still have what was deleted or archived here.
    const id = reference.includes(':') ? { imageDigest: reference } : { imageTag: reference };
    if (!findActiveImage(repository, id, new Date()))
      throw new Refusal('ImageNotFoundException', 'Requested image not found');
  }
  if (route.kind === 'tags') return listTags(response, repository, { name: route.repositoryName, url });
  const forwarded = await forward(message, response, mountTarget(ecr, visit, { route, repository }));
  visit.count(forwarded);
  return forwarded.status;
}

/**
 * The name of a repository, which clients write after the registry's alias.
 *
 * @throws {Refusal} RepositoryNotFoundException, for a name under another alias
 */
function nameOf(path: string, { alias }: Ecr): string {
  if (alias === '') return path;
  if (path.startsWith(`${alias}/`)) return path.slice(alias.length + 1);
  throw new Refusal('RepositoryNotFoundException', `The repository with name '${path}' does not exist`);
}

async function receive(
  ecr: Ecr,
  { message, response, url, faults, principal }: Visit,
  { repositoryName, reference }: { repositoryName: string; reference: string },
): Promise<number> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  const body = Buffer.concat(chunks);
  if (body.length > largestManifestBytes) {
    throw new Refusal('MANIFEST_INVALID', `Manifest exceeds the limit of ${largestManifestBytes} bytes`, 400);
  }
  // By the label `registry:PUT attestation` a fault finds what BuildKit attests: https://github.com/moby/buildkit/issues/6171
  if (body.includes('application/vnd.in-toto+json') && faults.next('registry:PUT attestation')) {
    throw new Refusal('UNSUPPORTED', 'The operation is unsupported.', 405);
  }
  const byDigest = reference.includes(':');
  const { digest, subject } = await ecr.push({
    repositoryName,
    manifest: body.toString('utf8'),
    mediaType: message.headers['content-type'],
    ...(byDigest ? { digest: reference } : { tag: reference }),
    ...(principal && { pusher: { principal, way: 'registry' } }),
  });
  const location = url.pathname.replace(/[^/]+$/, digest);
  return end(response, 201, {
    location,
    'docker-content-digest': digest,
    // By this a client knows that the registry lists referrers, and that it need not keep a list of its own under a tag.
    ...(subject === undefined ? {} : { 'oci-subject': subject }),
  });
}

/**
 * Where a request goes on to. A layer of another repository is mounted only where that is allowed; otherwise the client is told to
 * send it, as if it had not asked.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/blob-mounting.html
 */
function mountTarget(
  ecr: Ecr,
  { method, url, principal }: Visit,
  { route, repository }: { route: Route; repository: Repository },
): URL {
  if (route.kind !== 'upload' || method !== 'POST') return url;
  const from = url.searchParams.get('from');
  const mounts = from !== null && ecr.mayMount(principal, { from, to: repository });
  return mounts ? url : new URL(url.pathname, url);
}

/**
 * The tags that images have now, in order; the registry behind may still have what was deleted here.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags
 */
function listTags(
  response: ServerResponse,
  { imageTags }: Repository,
  { name, url }: { name: string; url: URL },
): number {
  const { searchParams: query } = url;
  const last = query.get('last') ?? '';
  const asked = Number(query.get('n') ?? largestPage);
  const size = Math.min(Number.isInteger(asked) && asked > 0 ? asked : largestPage, largestPage);
  const rest = [...imageTags.keys()].toSorted().filter(tag => tag > last);
  const tags = rest.slice(0, size);
  const next = new URLSearchParams({ last: tags.at(-1) ?? '', n: String(size) });
  const link = rest.length > size ? { link: `<${url.pathname}?${next.toString()}>; rel="next"` } : {};
  return answer(response, 200, { headers: link, body: { name, tags } });
}

/**
 * What is about a manifest, as an index; of one kind alone where the client asks for that. A manifest that is not there has none.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers
 */
function listReferrers(
  response: ServerResponse,
  repository: Repository,
  { subject, url }: { subject: string; url: URL },
): number {
  if (!/^sha256:[0-9a-f]{64}$/.test(subject)) {
    throw new Refusal('DIGEST_INVALID', `'${subject}' is not a digest`, 400);
  }
  const wanted = url.searchParams.get('artifactType');
  const manifests = referrersOf(repository, subject)
    .filter(({ artifactMediaType: type }) => wanted === null || type === wanted)
    .map(({ digest, mediaType, manifest, artifactMediaType: artifactType, annotations }) => {
      const size = Buffer.byteLength(manifest);
      return { mediaType, digest, size, artifactType, annotations };
    });
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  return answer(response, 200, {
    headers: {
      'content-type': mediaType,
      ...(wanted === null ? {} : { 'oci-filters-applied': 'artifactType' }),
    },
    body: { schemaVersion: 2, mediaType, manifests },
  });
}

function answer(
  response: ServerResponse,
  status: number,
  { headers = {}, body }: { headers?: Record<string, string>; body: object },
): number {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  return status;
}

function end(response: ServerResponse, status: number, headers: Record<string, string>): number {
  response.writeHead(status, { ...headers, 'content-length': 0 }).end();
  return status;
}
