import { isAbsolute, join, relative } from 'node:path';
import { onOneLine } from '../docker/build-steps.ts';
import { jobEnvironment } from '../platform/environment.ts';
import type { Log } from '../platform/job.ts';
import { readTextFile } from '../platform/workspace.ts';
import { isRecord } from '../validation/parsers.ts';
import type { Build } from './build.ts';

/**
 * A warning of a build, mostly a build check about a line of the Dockerfile. What reads the Dockerfile writes it, which
 * `# syntax=` may name. https://docs.docker.com/reference/build-checks/
 */
export interface BuildCheck {
  /** What is wrong in general. */
  title: string;
  /** What is wrong here, the check's name before it, and where to read more. */
  message: string;
  /** Base64 of the file that it is about. */
  source: string;
  /** The line in that file, from 1; absent where it is not known. */
  line?: number;
}

/**
 * GitHub shows 10 warnings of a step: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands.
 * The others are for what later becomes known, such as drift or findings.
 */
const MAX_ANNOTATED = 7;

/** How many warnings are read at all. */
const MAX_READ = 200;

const MAX_TITLE_CHARACTERS = 200;
const MAX_MESSAGE_CHARACTERS = 500;

/**
 * The warnings in buildx's metadata, by line and without repetitions, as each platform has its own.
 * https://github.com/moby/buildkit/blob/master/client/graph.go
 */
export function parseBuildChecks(warnings: unknown): BuildCheck[] {
  if (!Array.isArray(warnings)) return [];
  const checks = warnings.slice(0, MAX_READ).flatMap((each: unknown) => checkOf(each) ?? []);
  const byWords = new Map(checks.map(each => [`${each.line} ${each.message} ${each.title}`, each]));
  return [...byWords.values()].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function checkOf(warning: unknown): BuildCheck | undefined {
  if (!isRecord(warning)) return undefined;
  const { short, detail, url, sourceInfo, range } = warning;
  // The line is told beside the words.
  const words = decode(short, MAX_MESSAGE_CHARACTERS).replace(/ \(line \d+\)$/, '');
  const about = Array.isArray(detail) ? decode(detail[0], MAX_TITLE_CHARACTERS) : '';
  if (words === '') return undefined;
  const source = isRecord(sourceInfo) ? sourceInfo['data'] : undefined;
  const line = lineIn(range);
  return {
    title: about === '' ? 'Build check' : about,
    message: isLink(url) ? `${words}\nMore info: ${url}` : words,
    source: typeof source === 'string' ? source : '',
    ...(line !== undefined && { line }),
  };
}

/** A text that is base64 in the metadata, as one line of limited length. */
function decode(text: unknown, maxCharacters: number): string {
  if (typeof text !== 'string') return '';
  const bytes = Buffer.from(text.slice(0, 8 * maxCharacters), 'base64');
  const line = onOneLine(bytes.toString()).replaceAll(/\p{Cc}/gu, ' ');
  return line.length > maxCharacters ? `${line.slice(0, maxCharacters)}…` : line;
}

function isLink(url: unknown): url is string {
  return typeof url === 'string' && /^https:\/\/[\w./?=&%#~+-]{1,300}$/.test(url);
}

function lineIn(range: unknown): number | undefined {
  const first: unknown = Array.isArray(range) ? range[0] : undefined;
  const start = isRecord(first) ? first['start'] : undefined;
  const line = isRecord(start) ? start['line'] : undefined;
  return typeof line === 'number' && Number.isSafeInteger(line) && line > 0 ? line : undefined;
}

/**
 * Annotates what build checks found, unless the job says otherwise by the variable that docker/build-push-action reads. A file is
 * named only where it is in the workspace and is the one that was checked.
 */
export function annotateBuildChecks(log: Log, build: Build, checks: readonly BuildCheck[]): void {
  if (checks.length === 0 || !areAnnotated(jobEnvironment()['DOCKER_BUILD_CHECKS_ANNOTATIONS'])) return;
  const files = dockerfilesOf(build);
  for (const { title, message, source, line } of checks.slice(0, MAX_ANNOTATED)) {
    const file = files.find(each => each.source === source)?.path;
    log.warn(message, {
      title,
      ...(file !== undefined && { file, ...(line !== undefined && { startLine: line }) }),
    });
  }
  const others = checks.length - MAX_ANNOTATED;
  if (others > 0) {
    log.info(
      `${others} more ${others === 1 ? 'build check has' : 'build checks have'} found something: look for WARN in the log of this build, or for \`buildx.build.warnings\` in the output \`metadata\`.`,
    );
  }
}

/** The values that docker/build-push-action takes for no; it annotates by default. */
function areAnnotated(setting: string | undefined): boolean {
  return !/^(0|f|F|false|FALSE|False)$/.test(setting ?? '');
}

/** The Dockerfile in the workspace: of a context in git, where it would be if that repository were checked out there. */
function dockerfilesOf({ context, file }: Build): { path: string; source: string }[] {
  const folderInGit = /^[^#]*#[^:]*:(.*)$/.exec(context)?.[1] ?? '';
  const isAddress = /^([a-z-]+:\/\/|git@|github\.com\/)/.test(context);
  const given = isAddress ? join(folderInGit, file ?? 'Dockerfile') : (file ?? join(context, 'Dockerfile'));
  // BuildKit looks for this name where the usual one is not there.
  const lowerCase = file === undefined ? [given.replace(/Dockerfile$/, 'dockerfile')] : [];
  return [given, ...lowerCase].flatMap(each => {
    const path = relative('.', each).replaceAll('\\', '/');
    if (path.startsWith('..') || isAbsolute(path)) return [];
    const text = readTextFile(path);
    return typeof text !== 'string' ? [] : [{ path, source: Buffer.from(text).toString('base64') }];
  });
}
