import { join } from 'node:path';
import type { PathUse } from '../platform/workspace.ts';
import type { Build } from './build.ts';
import { contextsOf } from './contexts.ts';

/** A path that the build reads or writes on this machine, and the input that names it. */
export interface NamedPath {
  input: string;
  path: string;
  /** What has to be there; absent where the builder decides. */
  use?: PathUse;
}

/** Every path of the build: contexts, Dockerfile, ignore files, secrets and keys, and where its outputs are written. */
export function pathsOf(build: Build): NamedPath[] {
  const { context, file, secrets, ssh, outputs } = build;
  const contexts = Object.entries(contextsOf(build));
  const folders = contexts.flatMap(([name, place]) =>
    place.kind === 'folder'
      ? [{ input: name === 'context' ? name : 'build-contexts', path: place.path, use: 'folder' as const }]
      : [],
  );
  const isLocal = folders.some(({ input }) => input === 'context');
  const dockerfile = {
    input: file === undefined ? 'context' : 'file',
    path: file ?? join(context, 'Dockerfile'),
    use: 'file' as const,
  };
  return [
    ...folders,
    ...(isLocal ? [dockerfile, { ...dockerfile, path: `${dockerfile.path}.dockerignore` }] : []),
    ...folders.map(({ input, path }) => ({ input, path: join(path, '.dockerignore'), use: 'file' as const })),
    ...secrets.flatMap(secret =>
      secret.kind === 'file' ? [{ input: 'secret-files', path: secret.path, use: 'secret' as const }] : [],
    ),
    ...ssh.flatMap(each => {
      const [, paths = ''] = /^[^=]*=(.*)$/s.exec(each) ?? [];
      return paths
        .split(',')
        .filter(Boolean)
        .map(path => ({ input: 'ssh', path, use: 'key' as const }));
    }),
    ...outputs.flatMap(output => {
      const path = output.includes('=') ? fieldOf(output, 'dest') : output;
      return path === undefined ? [] : [{ input: 'outputs', path, use: 'output' as const }];
    }),
  ];
}

/** The paths of caches in buildx's own words, which are folders for `type=local`. */
export function pathsOfCaches(from: readonly string[], to: readonly string[]): NamedPath[] {
  const places = [
    ...from.map(text => ({ input: 'cache-from', path: fieldOf(text, 'src') })),
    ...to.map(text => ({ input: 'cache-to', path: fieldOf(text, 'dest') })),
  ];
  return places.flatMap(({ input, path }) => (path === undefined ? [] : [{ input, path }]));
}

function fieldOf(text: string, name: string): string | undefined {
  return new RegExp(`(?:^|,)"?${name}=([^,"]*)`).exec(text)?.[1];
}
