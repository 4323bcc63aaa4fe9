import { existsSync, readFileSync } from 'node:fs';
import { arch } from 'node:os';
import { join } from 'node:path';
import { ignoreFileOf, ignoreMatcher } from '../docker/dockerignore.ts';
import { isFile, leadsOut } from '../platform/workspace.ts';
import { explainLogin, explainPullThrough } from './explain-base-image.ts';
import type { BaseImageCase } from './explain-base-image.ts';
import type { FailedPlace } from './failed-place.ts';
import { pullFaults } from './pull-faults.ts';

/** What the inputs say of a build, as far as it explains why the build failed. */
export interface FailedBuild {
  context: string;
  file?: string;
  target?: string;
  platforms: readonly string[];
  secrets: readonly { id: string; kind: string; value?: string }[];
}

interface Case extends BaseImageCase {
  build: FailedBuild;
}

/** Characters of a name that is quoted. Names are chosen by whoever wrote the Dockerfile. */
const MAX_NAME_CHARACTERS = 200;

/** Sentences on what is special about this one failure: which host, file, secret or platform it is about. */
export async function explainCase(failed: FailedPlace, given: Case): Promise<string[]> {
  const { fault, build } = given;
  const sentences = [
    ...explainImage(failed, given),
    ...(fault === 'file not found' ? [await explainMissingFile(failed, build)] : []),
    ...(fault === 'secret without a value' ? explainSecret(failed.error, build) : []),
    ...(fault === 'unknown stage' && build.target !== undefined
      ? [`\`target\` is ${quote(build.target)}.`]
      : []),
    ...(fault === 'Dockerfile not found' ? [whereTheDockerfileIs(build)] : []),
    ...(fault === undefined && failed.place === 'process' ? explainProcess(failed, build) : []),
  ];
  return sentences.filter(each => each !== '');
}

function explainImage({ place, image, words }: FailedPlace, given: Case): string[] {
  const { fault } = given;
  if (image === undefined || fault === undefined) return [];
  const host = hostOf(image);
  const inSyntax =
    place === 'syntax' ? ['It is the image that `# syntax=` names at the top of the Dockerfile.'] : [];
  const stage = /^docker\.io\/library\/([^/:@]+):latest$/.exec(image)?.[1];
  const asStage =
    stage !== undefined && place === 'image' && /pull access denied|not found$/.test(words)
      ? [`Is ${quote(stage)} meant to be a stage? The Dockerfile has none of this name above that line.`]
      : [];
  if (fault === 'registry not logged in') {
    return [
      ...inSyntax,
      `This job is not logged in to ${quote(host)}, or its login may not pull ${quote(image)}.`,
      ...asStage,
      ...explainLogin(image, given),
    ];
  }
  if (fault === 'platform that the base image lacks') return [...inSyntax, `The image is ${quote(image)}.`];
  return [
    ...inSyntax,
    ...(isAboutRegistry.has(fault) ? [`The registry is ${quote(host)}.`] : []),
    ...asStage,
    ...explainPullThrough(image, given),
  ];
}

/** Faults of which the registry is worth naming. */
const isAboutRegistry: ReadonlySet<string> = new Set([
  ...pullFaults.map(({ name }) => name),
  'image may not be pulled',
  'certificate of a registry',
  'registry without TLS',
]);

/** The registry of an image that BuildKit names in full. */
function hostOf(image: string): string {
  const [host = ''] = image.split('/', 1);
  return host;
}

async function explainMissingFile(
  { error, step = '' }: FailedPlace,
  { context, file }: FailedBuild,
): Promise<string> {
  const from = /(?:--from=|,from=)([^\s,]+)/.exec(step)?.[1];
  if (from !== undefined) {
    return `It is looked for in ${quote(from)}, which is a stage, an image or one of \`build-contexts\`, and not in the context.`;
  }
  if (sourcesOf(step).some(each => /^\.\.(?:\/|$)/.test(each)))
    return 'What lies above the context is not seen: `..` in a path leads nowhere.';
  const path = /^failed to calculate checksum of ref \S+: "\/((?:[^"\\]|\\.)*)": not found/.exec(error)?.[1];
  if (path === undefined) return '';
  if (!isFolder(context)) return 'The context is the address in `context`, and no folder of this machine.';
  const dockerfile = file ?? join(context, 'Dockerfile');
  const ignoreFile = ignoreFileOf(context, dockerfile);
  const pattern = ignoreFile === undefined ? undefined : await patternThatIgnores(path, ignoreFile);
  const isThere = existsSync(join(context, path));
  const place = `in the context ${quote(context)}`;
  if (pattern !== undefined) {
    const left = `${quote(ignoreFile ?? '')} leaves ${quote(path)} out, by ${quote(pattern)}`;
    return isThere ? `It is ${place}, but ${left}.` : `There is no such file ${place}, and ${left}.`;
  }
  const inForce = ignoreFile === undefined ? '' : ` (${quote(ignoreFile)} does not name it)`;
  return isThere
    ? `${quote(path)} is ${place} now${inForce}: it was made too late, or is a link that leads out of the context.`
    : `There is no ${quote(path)} ${place}${inForce}.`;
}

/** What a `COPY` or an `ADD` names before its destination, or the mounts of a `RUN`; what the `RUN` does is none of them. */
function sourcesOf(step: string): string[] {
  const [instruction = '', ...words] = step.replace(/^\[[^\]]*\] /, '').split(' ');
  return instruction === 'RUN'
    ? Array.from(step.matchAll(/--mount=\S*?(?:source|src)=([^\s,]+)/g), ([, source = '']) => source)
    : words.slice(0, -1);
}

/** A context that is no folder of this machine is a URL, which may have a token in it and is not shown. */
function isFolder(context: string): boolean {
  return existsSync(context);
}

/** As many patterns are tried one by one. */
const MAX_PATTERNS = 500;

/**
 * Wildcards of one pattern. A pattern becomes a regular expression, and with many in one name its time grows with that power of the
 * path's length: the author of a checkout could have the step never end.
 */
const MAX_WILDCARDS = 6;

/** The pattern of an ignore file by which a path is left out; `undefined` where it is not, or the file can't be read. */
async function patternThatIgnores(path: string, ignoreFile: string): Promise<string | undefined> {
  if (!isFile(ignoreFile) || leadsOut(ignoreFile)) return undefined;
  try {
    const text = readFileSync(ignoreFile, 'utf8');
    if (text.split('\n').some(line => (line.match(/[*?]+/g) ?? []).length > MAX_WILDCARDS)) return undefined;
    if (!(await ignoreMatcher(text)).ignores(path)) return undefined;
    const patterns = text.split('\n').map(line => line.trim());
    for (const pattern of patterns
      .filter(each => /^[^#!]/.test(each))
      .slice(0, MAX_PATTERNS)
      .toReversed())
      if ((await ignoreMatcher(pattern)).ignores(path)) return pattern;
    return 'one of its patterns';
  } catch {
    return undefined;
  }
}

function explainSecret(error: string, build: FailedBuild): string[] {
  const id = /^secret (.*): not found$/.exec(error.split('\n', 1)[0] ?? '')?.[1];
  return id === undefined ? [] : [stateOfSecret(id, build) ?? ''];
}

/** Why a build does not have a secret; `undefined` where it has it. */
function stateOfSecret(id: string, { secrets }: FailedBuild): string | undefined {
  const given = secrets.find(each => each.id === id);
  if (given === undefined) return `The secret ${quote(id)} was not given.`;
  return given.kind === 'value' && given.value === ''
    ? `The secret ${quote(id)} was given, but is empty.`
    : undefined;
}

function whereTheDockerfileIs({ context, file }: FailedBuild): string {
  const from = isFolder(context) ? quote(context) : 'the address in `context`';
  return `\`file\` is ${file === undefined ? 'not given' : quote(file)}, and the context is ${from}.`;
}

/** What may have made a process of a `RUN` fail, without a look at what it printed. */
function explainProcess({ words, step = '', printedLines }: FailedPlace, build: FailedBuild): string[] {
  const platform = foreignPlatformOf(step, build.platforms);
  // The kernel refuses the program before it does anything: the refusal is all that is printed.
  const mayLackEmulator =
    platform !== undefined && printedLines <= 1 && /: exit code: (?:1|255)$/.test(words);
  const mounted = Array.from(step.matchAll(/--mount=(\S*type=secret\S*)/g), ([, options = '']) =>
    secretIdOf(options),
  );
  return [
    ...(mayLackEmulator
      ? [
          `It ran for ${platform}, which this machine is not: where its output is “exec format error”, put \`docker/setup-qemu-action\` before this step, or build that platform on a runner of its kind, by \`mode: build\` and \`mode: merge\`.`,
        ]
      : []),
    ...mounted.flatMap(id => (id === undefined ? [] : [stateOfSecret(id, build) ?? ''])),
  ];
}

/** The id of a secret's mount: its own, or the last part of the place where it is mounted. https://docs.docker.com/reference/dockerfile/#run---mounttypesecret */
function secretIdOf(options: string): string | undefined {
  const value = (name: RegExp): string | undefined => name.exec(options)?.[1];
  return value(/(?:^|,)id=([^,]+)/) ?? value(/(?:^|,)(?:target|dst|destination)=(?:[^,]*\/)?([^,/]+)/);
}

/** The names that BuildKit has for processors, by Node's. */
const processors: Partial<Record<string, string>> = { x64: 'amd64', ia32: '386', arm64: 'arm64', arm: 'arm' };

/** The platform of a step, where this machine can't run it by itself. */
function foreignPlatformOf(step: string, platforms: readonly string[]): string | undefined {
  const [only] = platforms.length === 1 ? platforms : [];
  const platform = /^\[(linux\/[a-z0-9/]+)[ \]]/.exec(step)?.[1] ?? only;
  const processor = platform?.split('/')[1];
  const own = processors[arch()];
  const runs = new Set([own, ...(own === 'amd64' ? ['386'] : own === 'arm64' ? ['arm'] : [])]);
  return processor === undefined || runs.has(processor) ? undefined : platform;
}

function quote(name: string): string {
  const text = name.replaceAll(/\p{Cc}+/gu, ' ');
  return `\`${text.length > MAX_NAME_CHARACTERS ? `${text.slice(0, MAX_NAME_CHARACTERS)}…` : text}\``;
}
