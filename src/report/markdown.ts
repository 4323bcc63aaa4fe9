/** A table of GitHub-flavoured Markdown; cells are Markdown already. */
export function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

/** GitHub shows a fenced block with a button that copies it. */
export function fence(text: string, language = 'text'): string {
  const marks = '`'.repeat(Math.max(3, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length + 1)));
  return `${marks}${language}\n${text}\n${marks}`;
}

/** A name as code; it may hold no backtick. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** A name that a scanner gives, as code: in a comment `@angular/core` would call a team of GitHub's. None may end a cell. */
export function codeOf(text: string): string {
  return code(text.replaceAll('`', "'").replaceAll('|', '\\|').replace(/\s+/g, ' '));
}

/** Text set off by a bar. */
export function quote(text: string): string {
  return text.replace(/^/gm, '> ');
}

/** Sentences keep their code marks, but no name in them may open a tag or call anybody. */
export function escapeTags(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : calm(part)))
    .join('')
    .replaceAll('<', '&lt;');
}

/** Names come from scanners and packages: none may end a cell, open a tag or call anybody. */
export function escape(text: string): string {
  return calm(text.replace(/[\\|`*_[\]<>]/g, '\\$&').replace(/\s+/g, ' '));
}

/** In a comment `@name` notifies whoever has that name; not so with a space between that has no width. */
function calm(text: string): string {
  return text.replace(/(?<!\w)@(?=\w)/g, '@&#8203;');
}

/** Text that a click unfolds. */
export function details(title: string, text: string): string {
  return `<details><summary>${title}</summary>\n\n${text}\n\n</details>`;
}

/** Parts as one text of at most so many bytes: what does not fit is left out, and how much that is, is said. */
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
