import { readFile } from 'node:fs/promises';
import { arch } from 'node:os';
import { join } from 'node:path';
import type { Build } from '../build/build.ts';
import { contextsOf } from '../build/contexts.ts';
import { ignoreMatcher, readIgnoreFile } from '../docker/dockerignore.ts';
import type { Docker } from '../docker/docker.ts';
import type { Registry } from '../image/log-docker-in.ts';
import { Failure } from '../platform/failure.ts';
import { begin } from '../platform/job.ts';
import type { Job } from '../platform/job.ts';
import type { RunOf } from '../platform/run-of.ts';
import { buildArgsOf, contentTagOf } from './content-key.ts';
import type { Reuse } from './decide.ts';
import { hashFolder } from './hash-folder.ts';

/** The key of a build's content, or why it is unknown. `unasked` is for inputs without `reuse: content`. */
export type Content =
  | { kind: 'unasked' }
  | UnknownContent
  /** `images`: digests of the base images by reference. `pins`: the texts that can pin other digests. */
  | { kind: 'known'; tag: string; images: Record<string, string>; pins: string };

interface UnknownContent {
  kind: 'unknown';
  reason: string;
}

/** Everything that the key is made from. An image without a digest has not been resolved yet. */
interface ContentDraft {
  kind: 'draft';
  folders: Record<string, string>;
  dockerfile: string;
  ignored: string;
  images: Record<string, string | undefined>;
}

/**
 * Starts to read the parts of the content key in parallel with the AWS calls. References that could not be resolved without a
 * login are resolved once more after the login.
 */
export function draftContentKey(
  { job, plan, tell }: RunOf<{ build: Build; reuse: Reuse }, { whyNotCompared: string }>,
  docker: Promise<Docker>,
): (login: Promise<Registry>) => Promise<Content> {
  if (plan.reuse !== 'content') return () => Promise.resolve({ kind: 'unasked' });
  const draft = begin(draftContent(job, plan, docker));
  return login =>
    job.step('Key the content', async log => {
      const content = await completeKey(job, plan.build, { draft: await draft, docker, login });
      if (content.kind === 'unknown') {
        tell({ whyNotCompared: content.reason });
        log.warn(`Content is not compared, as ${content.reason}.`);
        log.result('Content is not compared: what is of this commit may be taken all the same');
        return content;
      }
      for (const [reference, digest] of Object.entries(content.images)) log.info(`${reference} is ${digest}`);
      log.result(content.tag);
      return content;
    });
}

async function draftContent(
  job: Job,
  { build }: { build: Build },
  docker: Promise<Docker>,
): Promise<ContentDraft | UnknownContent> {
  const contexts = Object.entries(contextsOf(build));
  const elsewhere = contexts.find(([, place]) => place.kind === 'elsewhere');
  if (elsewhere !== undefined)
    return unknownContent(`the context '${elsewhere[0]}' is no folder of this machine`);
  const file = build.file ?? join(build.context, 'Dockerfile');
  const dockerfile = await readFile(file, 'utf8');
  const bases = await baseImages(dockerfile, build);
  if (bases.kind === 'unknown') return bases;
  const ignored = await readIgnoreFile(build.context, file);
  const references = contexts.flatMap(([, place]) => (place.kind === 'image' ? place.reference : []));
  const images = begin(resolveAll(job, await docker, [...bases.images, ...references]));
  const folders: Record<string, string> = {};
  for (const [name, place] of contexts) {
    if (place.kind !== 'folder') continue;
    const ignores = await ignoreMatcher(
      name === 'context' ? ignored : await readIgnoreFile(place.path, undefined),
    );
    const folder = await hashFolder(place.path, { ...ignores, signal: job.signal });
    if (folder.kind === 'unknown') return unknownContent(`of the context '${place.path}': ${folder.reason}`);
    folders[name] = folder.hash;
  }
  return { kind: 'draft', folders, dockerfile, ignored, images: await images };
}

function unknownContent(reason: string): UnknownContent {
  return { kind: 'unknown', reason };
}

async function baseImages(dockerfile: string, build: Build) {
  // The Dockerfile parser is loaded only when it is needed.
  const { baseImagesOf } = await import('./base-images.ts');
  const native = `linux/${arch() === 'x64' ? 'amd64' : arch()}`;
  return baseImagesOf(dockerfile, {
    target: build.target,
    buildArgs: buildArgsOf(build),
    contexts: Object.keys(contextsOf(build)),
    platforms: build.platforms.length > 0 ? build.platforms : [native],
    native,
  });
}

async function resolveAll(job: Job, docker: Docker, references: string[]): Promise<ContentDraft['images']> {
  const digests = references.map(async each => [each, await digestOf(job, docker, each)] as const);
  return Object.fromEntries(await Promise.all(digests));
}

/** The digest that a reference names now, which is that of the index if there is one, as for BuildKit. */
async function digestOf(job: Job, docker: Docker, reference: string): Promise<string | undefined> {
  const [, pinned] = /@(sha256:[0-9a-f]{64})$/.exec(reference) ?? [];
  if (pinned !== undefined) return pinned;
  const argv = ['imagetools', 'inspect', '--format', '{{json .Manifest.Digest}}', reference];
  const { exitCode, stdout } = await docker.askBuildx(argv, job.signal).catch(error => {
    job.signal.throwIfAborted();
    if (!(error instanceof Failure)) throw error;
    // A registry that does not answer tells no digest.
    return { exitCode: 1, stdout: '' };
  });
  return exitCode === 0 ? /sha256:[0-9a-f]{64}/.exec(stdout)?.[0] : undefined;
}

async function completeKey(
  job: Job,
  build: Build,
  {
    draft,
    docker,
    login,
  }: { draft: ContentDraft | UnknownContent; docker: Promise<Docker>; login: Promise<Registry> },
): Promise<Exclude<Content, { kind: 'unasked' }>> {
  if (draft.kind === 'unknown') return draft;
  const unresolved = Object.keys(draft.images).filter(reference => draft.images[reference] === undefined);
  if (unresolved.length > 0) await login;
  const resolvedNow = unresolved.length > 0 ? await resolveAll(job, await docker, unresolved) : {};
  const images: Record<string, string> = {};
  for (const [reference, digest = resolvedNow[reference]] of Object.entries(draft.images)) {
    if (digest === undefined) return unknownContent(`no registry told the digest of ${reference}`);
    images[reference] = digest;
  }
  const pins = [draft.dockerfile, ...Object.values(buildArgsOf(build))].join('\n');
  return { kind: 'known', tag: contentTagOf({ ...draft, build, images }), images, pins };
}
