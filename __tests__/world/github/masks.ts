/** The values that a job's log must not show. */
export interface Masks {
  /** What was added, whole values and the lines of those that have several. */
  readonly values: readonly string[];
  add(value: string): void;
  /** The text with every masked value, plain or in a common encoding, as `***`. */
  hide(text: string): string;
}

/** Masks as the runner keeps them: https://github.com/actions/runner/blob/main/src/Runner.Common/HostContext.cs */
export function createMasks(initial: readonly string[] = []): Masks {
  const values = new Set<string>();
  const spellings = new Set<string>();
  const add = (value: string): void => {
    for (const part of [value, ...value.split(/[\r\n]+/)]) {
      if (part === '') continue;
      values.add(part);
      for (const spelling of encodings(part)) spellings.add(spelling);
    }
  };
  initial.forEach(add);
  return {
    get values() {
      return [...values];
    },
    add,
    hide: text => hide(text, spellings),
  };
}

function encodings(value: string): string[] {
  const bytes = Buffer.from(value);
  // Where a secret begins in the middle of a longer text, its base64 is shifted by one or two bytes.
  const shifted = [0, 1, 2].filter(shift => shift < bytes.length).map(shift => bytes.subarray(shift));
  return [
    value,
    ...shifted.map(part => part.toString('base64')),
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  ];
}

/** Hides matches that overlap or touch behind one `***`, so that nothing of either shows. */
function hide(text: string, spellings: Iterable<string>): string {
  const found: { start: number; end: number }[] = [];
  for (const spelling of spellings)
    for (let start = text.indexOf(spelling); start >= 0; start = text.indexOf(spelling, start + 1))
      found.push({ start, end: start + spelling.length });
  found.sort((a, b) => a.start - b.start);
  let shown = '';
  let end = -1;
  for (const match of found) {
    if (match.start > end) shown += `${text.slice(Math.max(end, 0), match.start)}***`;
    end = Math.max(end, match.end);
  }
  return shown + text.slice(Math.max(end, 0));
}
