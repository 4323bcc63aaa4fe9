/** The most characters of a key. */
const KEY_LENGTH = 512;

/** What the cache's methods read of a request. */
export interface CacheRequest {
  key: string;
  version: string;
  restoreKeys: string[];
  /** 0 if not said. */
  sizeBytes: number;
}

/** Reads a request's JSON, or tells what is wrong with it. */
export function parseCacheRequest(text: string): CacheRequest | string {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  if (typeof body !== 'object' || body === null) return 'the json request could not be decoded';
  const { key, version, restore_keys: restoreKeys = [], size_bytes: sizeBytes = 0 } = { ...EMPTY, ...body };
  if (typeof key !== 'string' || key === '') return 'key is required';
  if (typeof version !== 'string' || version === '') return 'version is required';
  if (!Array.isArray(restoreKeys)) return 'the json request could not be decoded';
  const keys = restoreKeys.map(String);
  const bad = [key, ...keys].find(each => each.length > KEY_LENGTH || each.includes(','));
  if (bad !== undefined) return `key is invalid: ${bad}`;
  // An int64 is a string in JSON, and a number will do.
  return { key, version, restoreKeys: keys, sizeBytes: Number(sizeBytes) };
}

const EMPTY: { [name in 'key' | 'version' | 'restore_keys' | 'size_bytes']?: unknown } = {};
