import { randomUUID } from 'node:crypto';
import { Refusal } from '../refusal.ts';
import { digestOf } from './content.ts';
import * as members from './members.ts';
import { operation } from './operation.ts';
import type { Call } from './operation.ts';
import { bytes, integer, list, structure, text } from './shape.ts';

/** Layers on their way into a registry, by the id of the upload; and how many bytes of them came in. */
export interface LayerUploads {
  readonly open: Map<string, LayerUpload>;
  receivedBytes: number;
}

interface LayerUpload {
  repositoryName: string;
  parts: Buffer[];
}

/** What ECR advises: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_InitiateLayerUpload.html */
const partSize = 10_485_760;
/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_UploadLayerPart.html */
const largestPartBytes = 20_971_520;
/** Of every part but the last; https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html */
const smallestPartBytes = 5_242_880;
const mostParts = 4200;

const { repositoryName, registry } = members;
const uploadId = text({ pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' });
const offset = integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

export function createLayerUploads(): LayerUploads {
  return { open: new Map(), receivedBytes: 0 };
}

export const initiateLayerUpload = operation(structure({ repositoryName }, registry), {
  perform(request, { registry: { get }, uploads }) {
    get(request.repositoryName);
    const id = randomUUID();
    uploads.open.set(id, { repositoryName: request.repositoryName, parts: [] });
    return { uploadId: id, partSize };
  },
});

export const uploadLayerPart = operation(
  structure(
    {
      repositoryName,
      uploadId,
      partFirstByte: offset,
      partLastByte: offset,
      layerPartBlob: bytes({ min: 0, max: largestPartBytes }),
    },
    registry,
  ),
  {
    perform(request, call) {
      const upload = find(request, call);
      const part = Buffer.from(request.layerPartBlob, 'base64');
      const { partFirstByte, partLastByte } = request;
      const received = upload.parts.reduce((sum, { length }) => sum + length, 0);
      if (partFirstByte !== received || partLastByte - partFirstByte + 1 !== part.length) {
        throw new Refusal(
          'InvalidLayerPartException',
          'The layer part size is not valid, or the first byte specified is not consecutive to the last byte of a previous layer part upload.',
          400,
          { ...placeOf(request, call), lastValidByteReceived: received - 1 },
        );
      }
      if (upload.parts.length === mostParts) {
        throw new Refusal('LimitExceededException', `A layer can have at most ${mostParts} parts`);
      }
      upload.parts.push(part);
      call.uploads.receivedBytes += part.length;
      return { ...placeOf(request, call), lastByteReceived: partLastByte };
    },
  },
);

export const completeLayerUpload = operation(
  structure({ repositoryName, uploadId, layerDigests: list(text(), { min: 1, max: 100 }) }, registry),
  {
    async perform(request, call) {
      const { parts } = find(request, call);
      const { registry: place, uploads, storage } = call;
      if (parts.length === 0) {
        throw new Refusal(
          'EmptyUploadException',
          `The layer upload with id '${request.uploadId}' contains no layer parts`,
        );
      }
      if (parts.slice(0, -1).some(({ length }) => length < smallestPartBytes)) {
        throw new Refusal('LayerPartTooSmallException', 'Layer parts must be at least 5 MiB in size');
      }
      const layer = Buffer.concat(parts);
      const digest = digestOf(layer);
      if (!request.layerDigests.includes(digest)) {
        throw new Refusal(
          'InvalidLayerException',
          `Calculated layer digest '${digest}' does not match the digest '${request.layerDigests.join(', ')}' that was given`,
        );
      }
      const { content } = storage();
      uploads.open.delete(request.uploadId);
      if ((await content.blobSize(request.repositoryName, digest)) !== undefined) {
        throw new Refusal(
          'LayerAlreadyExistsException',
          `Layer with digest '${digest}' already exists in the repository with name '${request.repositoryName}' ` +
            `in registry with id '${place.accountId}'`,
        );
      }
      await content.writeBlob(request.repositoryName, digest, layer);
      return { ...placeOf(request, call), layerDigest: digest };
    },
  },
);

/** @throws {Refusal} RepositoryNotFoundException, UploadNotFoundException */
function find(
  request: { repositoryName: string; uploadId: string },
  { registry: { get, accountId }, uploads }: Call,
): LayerUpload {
  get(request.repositoryName);
  const upload = uploads.open.get(request.uploadId);
  if (upload?.repositoryName === request.repositoryName) return upload;
  throw new Refusal(
    'UploadNotFoundException',
    `The upload with id '${request.uploadId}' does not exist in the repository with name '${request.repositoryName}' ` +
      `in the registry with id '${accountId}'`,
  );
}

function placeOf(
  request: { repositoryName: string; uploadId: string },
  { registry: { accountId } }: Call,
): { registryId: string; repositoryName: string; uploadId: string } {
  return { registryId: accountId, repositoryName: request.repositoryName, uploadId: request.uploadId };
}
