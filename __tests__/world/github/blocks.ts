/** A blob that can be read. */
export interface Blob {
  content: Buffer;
  etag: string;
  lastModified: Date;
  /** What the content was put together from; empty for one that was put at once. */
  blocks: Map<string, Buffer>;
}

/** A blob's place: what was committed, and the blocks that wait to be. */
export interface Slot {
  committed?: Blob;
  uncommitted: Map<string, Buffer>;
}

/** The blocks that a block list names, in its order, or the error that it deserves. */
export function chooseBlocks(
  { committed, uncommitted }: Slot,
  xml: string,
): [string, Buffer][] | 'InvalidXmlDocument' | 'InvalidBlockList' {
  if (!/<BlockList>.*<\/BlockList>|<BlockList\s*\/>/s.test(xml)) return 'InvalidXmlDocument';
  const chosen: [string, Buffer][] = [];
  for (const [, kind, id = ''] of xml.matchAll(/<(Latest|Uncommitted|Committed)>([^<]*)<\/\1>/g)) {
    const fresh = kind === 'Committed' ? undefined : uncommitted.get(id);
    const block = fresh ?? (kind === 'Uncommitted' ? undefined : committed?.blocks.get(id));
    if (!block) return 'InvalidBlockList';
    chosen.push([id, block]);
  }
  return chosen;
}

/** Base64 of at most 64 bytes. */
export function isBlockId(id: string): boolean {
  const bytes = Buffer.from(id, 'base64');
  return bytes.length > 0 && bytes.length <= 64 && bytes.toString('base64') === id;
}
