/** A table of GitHub-flavoured Markdown. The cells have to be Markdown already. */
export function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

/** A fenced code block, which GitHub shows with a copy button. */
export function fence(text: string, language = 'text'): string {
  const marks = '`'.repeat(Math.max(3, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length + 1)));
  return `${marks}${language}\n${text}\n${marks}`;
}

/** A name as code. It must not have a backtick. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** A scanner's name as code, so that `@angular/core` mentions no GitHub team in a comment. It is safe in a table cell. */
export function escapedCode(text: string): string {
  return code(text.replaceAll('`', "'").replaceAll('|', '\\|').replace(/\s+/g, ' '));
}

/** Text as a block quote. */
export function quote(text: string): string {
  return text.replace(/^/gm, '> ');
}

/** Escapes HTML tags and mentions in sentences, and keeps their code in backticks. */
export function escapeTags(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : disarmMentions(part)))
    .join('')
    .replaceAll('<', '&lt;');
}

/** Escapes a name from a scanner or package, so that it cannot end a cell, open an HTML tag or mention anybody. */
export function escape(text: string): string {
  return disarmMentions(text.replace(/[\\|`*_[\]<>]/g, '\\$&').replace(/\s+/g, ' '));
}

/** Puts a zero-width space after `@`, because `@name` in a comment notifies the user of that name. */
function disarmMentions(text: string): string {
  return text.replace(/(?<!\w)@(?=\w)/g, '@&#8203;');
}

/** Text that is folded until the reader clicks on its title. */
export function details(title: string, text: string): string {
  return `<details><summary>${title}</summary>\n\n${text}\n\n</details>`;
}

/** Joins parts to a text of at most `limit` bytes. Parts that do not fit are left out, and a note has their number. */
export function fit(parts: readonly string[], limit: number): string {
  const note = (left: number): string =>
    `… ${left} ${left === 1 ? 'part' : 'parts'} left out: GitHub takes ${limit} bytes.`;
  const given = parts.filter(part => part !== '');
  let room = limit - Buffer.byteLength(note(given.length)) - 2;
  const fitting = given.filter(part => {
    const size = Buffer.byteLength(part) + 2;
    if (size <= room) room -= size;
    else return false;
    return true;
  });
  const left = given.length - fitting.length;
  return [...fitting, ...(left > 0 ? [note(left)] : [])].join('\n\n');
}
