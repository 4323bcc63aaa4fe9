import { randomBytes } from 'node:crypto';
import { md5Of } from './blob-read.ts';
import { chooseBlocks, isBlockId } from './blocks.ts';
import type { Slot } from './blocks.ts';
import type { Call, Reply } from './service.ts';
import { storageError, storageHeaders } from './storage-error.ts';

/** The answer to a PUT, and what the blob's place holds after it. */
export interface Written {
  slot: Slot;
  reply: Reply;
}

/**
 * Answers Put Blob, Put Block and Put Block List.
 * https://learn.microsoft.com/en-us/rest/api/storageservices/operations-on-block-blobs
 */
export function writeBlob(slot: Slot, call: Call, { now }: { now: Date }): Written {
  const { headers, url, body } = call;
  const md5 = headers['content-md5'];
  if (md5 !== undefined && md5 !== md5Of(body)) return { slot, reply: storageError('Md5Mismatch') };
  const operation = url.searchParams.get('comp');
  if (operation === 'block') return putBlock(slot, url.searchParams.get('blockid') ?? '', { body });
  if (operation !== null && operation !== 'blocklist')
    return { slot, reply: storageError('InvalidQueryParameterValue') };
  if (operation === null && headers['x-ms-blob-type'] !== 'BlockBlob')
    return { slot, reply: storageError('MissingRequiredHeader') };
  if (headers['if-none-match'] === '*' && slot.committed)
    return { slot, reply: storageError('BlobAlreadyExists') };
  if (operation === null) return commit(body, new Map(), { now });
  const listed = chooseBlocks(slot, body.toString());
  if (typeof listed === 'string') return { slot, reply: storageError(listed) };
  return commit(Buffer.concat(listed.map(([, block]) => block)), new Map(listed), { now });
}

function putBlock(slot: Slot, id: string, { body }: { body: Buffer }): Written {
  if (!isBlockId(id)) return { slot, reply: storageError('InvalidQueryParameterValue') };
  const known = slot.uncommitted.keys().next().value;
  // All blocks of a blob have ids of one length.
  if (known !== undefined && known.length !== id.length)
    return { slot, reply: storageError('InvalidBlobOrBlock') };
  return {
    slot: { ...slot, uncommitted: new Map([...slot.uncommitted, [id, body]]) },
    reply: { status: 201, headers: { ...storageHeaders(), 'Content-MD5': md5Of(body) } },
  };
}

/** Blocks that the commit does not name are gone with it. */
function commit(content: Buffer, blocks: Map<string, Buffer>, { now }: { now: Date }): Written {
  const etag = `"0x8D${randomBytes(7).toString('hex').toUpperCase()}"`;
  const headers = {
    ...storageHeaders(),
    ETag: etag,
    'Last-Modified': now.toUTCString(),
    'x-ms-request-server-encrypted': 'true',
  };
  return {
    slot: { committed: { content, etag, lastModified: now, blocks }, uncommitted: new Map() },
    reply: { status: 201, headers },
  };
}
