/** A member of a tar archive, whatever its name and its link say. */
export interface TarMember {
  name: string;
  kind: 'file' | 'folder' | 'link' | 'hard link';
  content?: string;
  /** What a link points to. */
  target?: string;
  /** 0o644 if not said. */
  mode?: number;
}

const BLOCK = 512;
const typeFlags = { file: '0', 'hard link': '1', link: '2', folder: '5' };

/** An archive that no tar program would make. https://www.gnu.org/software/tar/manual/html_node/Standard.html */
export function tarOf(members: readonly TarMember[]): Buffer {
  return Buffer.concat([...members.flatMap(blocksOf), Buffer.alloc(2 * BLOCK)]);
}

function blocksOf({ name, kind, content = '', target = '', mode = 0o644 }: TarMember): Buffer[] {
  if (name.length > 100 || target.length > 100) throw new Error(`The name is too long for a header: ${name}`);
  const body = Buffer.from(content);
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`;
  header.write(name, 0);
  header.write(octal(mode, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(body.length, 12), 124);
  header.write(octal(0, 12), 136);
  header.write(' '.repeat(8), 148);
  header.write(typeFlags[kind], 156);
  header.write(target, 157);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return [header, body, Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK)];
}
