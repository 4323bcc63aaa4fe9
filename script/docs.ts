import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { isMap, isScalar, parseDocument } from 'yaml';
import type { YAMLMap } from 'yaml';
import { buildFaults } from '../src/diagnosis/build-faults.ts';
import type { Fault } from '../src/diagnosis/fault.ts';
import { pullFaults } from '../src/diagnosis/pull-faults.ts';
import { pushFaults } from '../src/diagnosis/push-faults.ts';

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

/** The page about errors with its sections on the build and the push made from the tables that the step's messages come from. */
export async function withFaults(page: string): Promise<string> {
  const filled = fill(
    fill(page, 'build', sectionsOf([...pullFaults, ...buildFaults])),
    'push',
    sectionsOf(pushFaults),
  );
  return format(filled, { ...(await resolveConfig('README.md')), parser: 'markdown' });
}

function sectionsOf(faults: readonly Fault[]): string {
  return faults
    .map(({ name, examples, why, remedy }) => {
      const title = name.replace(/^./, first => first.toUpperCase());
      const words = examples.map(each => `\`\`\`text\n${each}\n\`\`\``).join('\n\n');
      return `### ${title}\n\n${words}\n\n${why}\n\n**What to do:** ${remedy}`;
    })
    .join('\n\n');
}

function fill(page: string, name: string, text: string): string {
  const place = new RegExp(`<!-- ${name} -->.*<!-- /${name} -->`, 's');
  if (!place.test(page)) throw new Error(`The page has no place for ${name}.`);
  return page.replace(place, () => `<!-- ${name} -->\n\n${text}\n\n<!-- /${name} -->`);
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
  const page = 'docs/troubleshooting.md';
  const [readme = '', action = '', faults = ''] = await Promise.all(
    ['README.md', 'action.yml', page].map(file => readFile(file, 'utf8')),
  );
  await writeFile('README.md', await withTables(readme, action));
  await writeFile(page, await withFaults(faults));
}
