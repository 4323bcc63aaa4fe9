import { tmpdir } from 'node:os';
import type { Run } from './runner.ts';

/** A request to a service, as far as a transcript tells of it. */
export interface TranscriptRequest {
  service: string;
  operation: string;
  /** HTTP status. */
  status: number;
  errorCode?: string | undefined;
}

export interface TranscriptOptions {
  /** Requests in their order, such as `aws.requests`. */
  requests?: readonly TranscriptRequest[];
  /** What else differs from run to run, and what to show for it. Replaced before everything else. */
  replace?: readonly (readonly [RegExp | string, string])[];
}

/**
 * A run as one text that is the same for the next run that goes alike: what is different every time is a placeholder,
 * and digests are numbered in the order of their first appearance.
 */
export function render(run: Run, { requests, replace = [] }: TranscriptOptions = {}): string {
  const sections: [string, readonly string[]][] = [
    ['outcome', [run.outcome]],
    ['log', run.log.split('\n')],
    ['annotations', run.annotations.map(renderAnnotation)],
    ['outputs', renderPairs(run.outputs)],
    ['state', renderPairs(Object.fromEntries(Object.entries(run.state).filter(([, value]) => value)))],
    ['environment', renderPairs(run.env)],
    ['path', run.path],
    ['masks', run.masks.length > 0 ? [String(run.masks.length)] : []],
    ['requests', requests?.map(renderRequest) ?? []],
    ['leftovers', run.leftovers],
    ['summary', run.summary ? run.summary.trimEnd().split('\n') : []],
  ];
  const text = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `=== ${title}\n${lines.join('\n')}\n`)
    .join('\n');
  return stabilize(replace.reduce((replaced, [what, by]) => replaced.replaceAll(what, by), text));
}

function renderAnnotation({ level, message, title, file, line }: Run['annotations'][number]): string {
  const place = [file, line].filter(part => part !== undefined).join(':');
  return [level, place && `(${place})`, title && `[${title}]`, message].filter(Boolean).join(' ');
}

/** By name: what is done at once is told in any order. */
function renderPairs(pairs: Readonly<Record<string, string>>): string[] {
  const sorted = Object.entries(pairs).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([name, value]) =>
    value.includes('\n') ? `${name}:\n${value.replaceAll(/^/gm, '  ')}` : `${name}: ${value}`,
  );
}

function renderRequest({ service, operation, status, errorCode }: TranscriptRequest): string {
  return [`${service}:${operation}`, status, errorCode].filter(part => part !== undefined).join(' ');
}

/** Replaces what no two runs have in common. */
function stabilize(text: string): string {
  const digests = new Map<string, string>();
  return text
    .replaceAll(/\bsha256:[0-9a-f]{64}\b/g, digest => {
      const known = digests.get(digest) ?? `<digest ${digests.size + 1}>`;
      digests.set(digest, known);
      return known;
    })
    .replaceAll(new RegExp(`${RegExp.escape(tmpdir())}/[^/\\s'",;:)]+`, 'g'), '<temp>')
    .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<uuid>')
    .replaceAll(/(?<=\b(127\.0\.0\.1|localhost):)\d+\b/g, '<port>')
    .replaceAll(/\b\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?( ?(Z|UTC|[+-]\d\d:?\d\d))?/g, '<time>')
    .replaceAll(/\b(\d+ ?m(in)? ?)?\d+(\.\d+)? ?(ms|s|seconds?)\b/g, '<duration>');
}
