import type { Build } from './build.ts';

/** Where a context is: a folder of this machine, an image, or an address that only the builder resolves (`elsewhere`). */
export type ContextLocation =
  | { kind: 'folder'; path: string }
  | { kind: 'image'; reference: string }
  | { kind: 'elsewhere'; address: string };

/** The locations of a build's contexts by name; the main one has the name `context`. */
export function contextsOf({ context, buildContexts }: Build): Record<string, ContextLocation> {
  const named = buildContexts.map(each => /^([^=]+)=(.*)$/s.exec(each) ?? ['', '', '']);
  return Object.fromEntries([
    ['context', locationOf(context)],
    ...named.map(([, name = '', address = '']) => [name, locationOf(address)]),
  ]);
}

function locationOf(address: string): ContextLocation {
  if (address.startsWith('docker-image://')) {
    return { kind: 'image', reference: address.slice('docker-image://'.length) };
  }
  return /^([a-z-]+:\/\/|git@|github\.com\/)/.test(address)
    ? { kind: 'elsewhere', address: address }
    : { kind: 'folder', path: address };
}

/** The folders that a build reads, by the name of the context; the folder of the Dockerfile has the name `file`. */
export function foldersOf(build: Build): Record<string, string> {
  const contexts = contextsOf(build);
  const isRemote = contexts['context']?.kind !== 'folder';
  return Object.fromEntries([
    ...(build.file === undefined || isRemote ? [] : [['file', build.file.replace(/\/?[^/]*$/, '') || '.']]),
    ...Object.entries(contexts).flatMap(([name, location]) =>
      location.kind === 'folder' ? [[name, location.path]] : [],
    ),
  ]);
}

/** Whether an address is a commit of the job's own repository, which git clones from `ownUrl`, or a folder in it. */
export function isOwnCommit(address: string, { ownUrl, sha }: { ownUrl: string; sha: string }): boolean {
  return address === `${ownUrl}#${sha}` || address.startsWith(`${ownUrl}#${sha}:`);
}

/** The names of the contexts whose content may change although address and commit stay the same. */
export function unpinnedContexts(build: Build): string[] {
  return Object.entries(contextsOf(build))
    .filter(([, location]) => location.kind !== 'folder' && !isPinned(location))
    .map(([name]) => name);
}

function isPinned(location: ContextLocation): boolean {
  if (location.kind === 'image') return hasDigest(location.reference);
  if (location.kind === 'folder') return false;
  if (location.address.startsWith('oci-layout://')) return hasDigest(location.address);
  return isGitUrl(location.address) && /#[0-9a-f]{40}(:|$)/.test(location.address);
}

function hasDigest(reference: string): boolean {
  return /@sha256:[0-9a-f]{64}$/.test(reference);
}

/** Whether BuildKit clones a URL by git. In any other URL it ignores the fragment. https://docs.docker.com/build/concepts/context/#git-repositories */
function isGitUrl(url: string): boolean {
  return /^(git@|git:\/\/|ssh:\/\/|github\.com\/|https?:\/\/[^#?]+\.git#)/.test(url);
}
