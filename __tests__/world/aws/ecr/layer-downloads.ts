import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createFaults, strike } from '../../faults.ts';
import type { Faults } from '../../faults.ts';
import { forward } from '../../registry/forward.ts';
import type { Content } from './content.ts';

/** A layer that somebody has fetched from the address that GetDownloadUrlForLayer gave. */
export interface LayerDownload {
  registryId: string;
  region: string;
  repositoryName: string;
  layerDigest: string;
  /** HTTP status. */
  status: number;
  /** Bytes of the layer that were sent; 0 of a refusal. */
  bytes: number;
}

/** A layer and where it lies. */
export interface LayerPlace extends Pick<
  LayerDownload,
  'registryId' | 'region' | 'repositoryName' | 'layerDigest'
> {
  content: Content;
}

/** The bucket that layers are fetched from, by addresses that are as good as a password for an hour. */
export interface LayerDownloads {
  /** An address for one layer. */
  sign(layer: LayerPlace): string;
  /** Whether a request is for the bucket. */
  owns(path: string): boolean;
  serve(message: IncomingMessage, response: ServerResponse): Promise<void>;
  readonly done: readonly LayerDownload[];
  /** Their labels are `layer:GET sha256:…`. */
  readonly faults: Faults;
  /** The signatures of all addresses. */
  secrets(): string[];
}

const lifetimeSeconds = 3600;
const folder = '/starport-layer-bucket/';

/** @param url where the bucket answers, without a slash at its end */
export function createLayerDownloads({ url, now }: { url: () => string; now: () => Date }): LayerDownloads {
  const signed = new Map<string, LayerPlace & { expiresAt: Date }>();
  const done: LayerDownload[] = [];
  const faults = createFaults();
  return {
    done,
    faults,
    secrets: () => [...signed.keys()],
    owns: path => path.startsWith(folder),
    sign(layer) {
      const signature = randomBytes(32).toString('hex');
      signed.set(signature, { ...layer, expiresAt: new Date(now().getTime() + lifetimeSeconds * 1000) });
      const query = new URLSearchParams({
        'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
        'X-Amz-Expires': String(lifetimeSeconds),
        'X-Amz-SignedHeaders': 'host',
        'X-Amz-Signature': signature,
      });
      return `${url()}${folder}${layer.registryId}/${layer.layerDigest.replace(':', '/')}?${query.toString()}`;
    },
    async serve(message, response) {
      const { searchParams } = new URL(message.url ?? '/', url());
      const layer = signed.get(searchParams.get('X-Amz-Signature') ?? '');
      if (!layer) return refuse(response, 403, 'SignatureDoesNotMatch');
      // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
      if (message.headers.authorization !== undefined) return refuse(response, 400, 'InvalidArgument');
      if (layer.expiresAt <= now()) return refuse(response, 403, 'AccessDenied');
      const { content, expiresAt: _, ...place } = layer;
      const struck = await strike(faults, `layer:GET ${place.layerDigest}`, { response });
      if (struck === 'cut') return;
      if (struck) return refuse(response, struck.kind === 'refuse' ? struck.error.status : 503, 'SlowDown');
      const { repositoryName, layerDigest } = place;
      const target = content.blobUrl(repositoryName, layerDigest);
      const bytes = target === undefined ? await content.readBlob(repositoryName, layerDigest) : undefined;
      if (target !== undefined) {
        const { status, sentBytes } = await forward(message, response, new URL(target));
        done.push({ ...place, status, bytes: status < 300 ? sentBytes : 0 });
      } else if (bytes) {
        response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
        done.push({ ...place, status: 200, bytes: bytes.length });
      } else refuse(response, 404, 'NoSuchKey');
    },
  };
}

function refuse(response: ServerResponse, status: number, code: string): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
}
