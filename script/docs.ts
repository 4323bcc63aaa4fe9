import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { isMap, isScalar, parseDocument } from 'yaml';
import type { YAMLMap } from 'yaml';

/**
 * The README with its tables of inputs and outputs made from action.yml: there the words are written once. A comment
 * above an input begins a table of that name.
 */
export async function withTables(readme: string, action: string): Promise<string> {
  const document = parseDocument(action);
  const filled = fill(
    fill(readme, 'inputs', tables(mapOf(document.get('inputs')), ['Input', 'Default', 'What it is'])),
    'outputs',
    tables(mapOf(document.get('outputs')), ['Output', 'What it is']),
  );
  return format(filled, { ...(await resolveConfig('README.md')), parser: 'markdown' });
}

function fill(readme: string, name: string, text: string): string {
  const place = new RegExp(`<!-- ${name} -->.*<!-- /${name} -->`, 's');
  if (!place.test(readme)) throw new Error(`README.md has no place for ${name}.`);
  return readme.replace(place, () => `<!-- ${name} -->\n\n${text}\n\n<!-- /${name} -->`);
}

function mapOf(node: unknown): YAMLMap {
  if (!isMap(node)) throw new Error('action.yml has no inputs or no outputs.');
  return node;
}

function tables(map: YAMLMap, columns: string[]): string {
  const head = [rowOf(columns), rowOf(columns.map(() => '---'))];
  return map.items
    .flatMap(({ key, value }, index) => {
      if (!isScalar(key) || !isMap(value)) return [];
      const title = /\S+/.exec((index === 0 ? map.commentBefore : key.commentBefore) ?? '')?.[0];
      const preset = value.get('default', true);
      const row = rowOf([
        `\`${String(key.value)}\``,
        ...(columns.includes('Default') ? [isScalar(preset) ? `\`${String(preset.value)}\`` : ''] : []),
        String(value.get('description')).replaceAll('|', String.raw`\|`),
      ]);
      const opening = index === 0 || title !== undefined;
      return opening ? ['', ...(title === undefined ? [] : [`**${title}**`, '']), ...head, row] : [row];
    })
    .join('\n');
}

function rowOf(cells: string[]): string {
  return `| ${cells.join(' | ')} |`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [readme, action] = await Promise.all(['README.md', 'action.yml'].map(file => readFile(file, 'utf8')));
  await writeFile('README.md', await withTables(readme ?? '', action ?? ''));
}
