// Writes each case that it reads from standard input (a line of JSON: the pieces of a program's output) as that output, then a
// command and a text of this program's own.
import { text } from 'node:stream/consumers';
import { mask } from '../../src/platform/actions.ts';
import { openOutputWriter, writeText } from '../../src/platform/log-writer.ts';

const cases: { pieces: string[]; text: string }[] = JSON.parse(await text(process.stdin));
for (const [index, { pieces, text: own }] of cases.entries()) {
  const output = openOutputWriter();
  for (const piece of pieces) output.write(piece);
  output.flush();
  mask(`password-${index}-`);
  writeText(own);
}
