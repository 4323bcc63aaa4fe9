import type { Build } from './build.ts';

/** A context that this machine has as a folder, an image, or something that only its build will see. */
export type ContextPlace =
  | { kind: 'folder'; path: string }
  | { kind: 'image'; reference: string }
  | { kind: 'elsewhere'; what: string };

/** Where the contexts of a build are, the main one under the name `context`. */
export function contextsOf({ context, buildContexts }: Build): Record<string, ContextPlace> {
  const named = buildContexts.map(each => /^([^=]+)=(.*)$/s.exec(each) ?? ['', '', '']);
  return Object.fromEntries([
    ['context', placeOf(context)],
    ...named.map(([, name = '', place = '']) => [name, placeOf(place)]),
  ]);
}

function placeOf(place: string): ContextPlace {
  if (place.startsWith('docker-image://')) {
    return { kind: 'image', reference: place.slice('docker-image://'.length) };
  }
  return /^([a-z-]+:\/\/|git@|github\.com\/)/.test(place)
    ? { kind: 'elsewhere', what: place }
    : { kind: 'folder', path: place };
}

/** The folders that a build is made of, by the name of the context; the Dockerfile's own under `file`. */
export function foldersOf(build: Build): Record<string, string> {
  const contexts = contextsOf(build);
  const isRemote = contexts['context']?.kind !== 'folder';
  return Object.fromEntries([
    ...(build.file === undefined || isRemote ? [] : [['file', build.file.replace(/\/?[^/]*$/, '') || '.']]),
    ...Object.entries(contexts).flatMap(([name, place]) =>
      place.kind === 'folder' ? [[name, place.path]] : [],
    ),
  ]);
}

/** The contexts under whose address something else may be found tomorrow, whatever commit is built. */
export function unpinnedOf(build: Build): string[] {
  return Object.entries(contextsOf(build))
    .filter(([, place]) => place.kind !== 'folder' && !isPinned(place))
    .map(([name]) => name);
}

function isPinned(place: ContextPlace): boolean {
  if (place.kind === 'image') return isDigest(place.reference);
  if (place.kind === 'folder') return false;
  if (place.what.startsWith('oci-layout://')) return isDigest(place.what);
  return isGit(place.what) && /#[0-9a-f]{40}(:|$)/.test(place.what);
}

function isDigest(reference: string): boolean {
  return /@sha256:[0-9a-f]{64}$/.test(reference);
}

/** Of any other URL the fragment is ignored. https://docs.docker.com/build/concepts/context/#git-repositories */
function isGit(url: string): boolean {
  return /^(git@|git:\/\/|ssh:\/\/|github\.com\/|https?:\/\/[^#?]+\.git#)/.test(url);
}
