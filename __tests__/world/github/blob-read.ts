import { createHash } from 'node:crypto';
import type { Blob } from './blocks.ts';
import type { Call, Reply } from './service.ts';
import { storageError, storageHeaders } from './storage-error.ts';

/** Answers GET and HEAD, whole or for the one range that was asked for. */
export function readBlob(blob: Blob | undefined, { headers }: Call): Reply {
  if (!blob) return storageError('BlobNotFound');
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== blob.etag)
    return storageError('ConditionNotMet');
  const size = blob.content.length;
  const common = {
    ...storageHeaders(),
    'Accept-Ranges': 'bytes',
    'Content-Type': 'application/octet-stream',
    ETag: blob.etag,
    'Last-Modified': blob.lastModified.toUTCString(),
    'x-ms-blob-type': 'BlockBlob',
    'x-ms-creation-time': blob.lastModified.toUTCString(),
    'x-ms-lease-state': 'available',
    'x-ms-lease-status': 'unlocked',
    'x-ms-server-encrypted': 'true',
  };
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(String(headers['x-ms-range'] ?? headers.range ?? '')) ?? [];
  if (from === undefined)
    return { status: 200, headers: { ...common, 'Content-MD5': md5Of(blob.content) }, body: blob.content };
  const start = Number(from);
  const end = Math.min(to ? Number(to) : size - 1, size - 1);
  if (start >= size || end < start) return storageError('InvalidRange');
  return {
    status: 206,
    headers: { ...common, 'Content-Range': `bytes ${start}-${end}/${size}` },
    body: blob.content.subarray(start, end + 1),
  };
}

/** As `Content-MD5` has it: base64. */
export function md5Of(content: Buffer): string {
  return createHash('md5').update(content).digest('base64');
}
