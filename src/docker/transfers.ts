import { isDownload, isRunning } from './build-steps.ts';
import type { Step } from './build-steps.ts';
import { roleOf } from './step-roles.ts';

/**
 * What is transferred: `pull` is an image that a step is there to pull; a `layer` is downloaded for another step, and belongs to a
 * base image or to a cache. `reports` are those of BuildKit itself, where no step runs.
 */
export type TransferKind = 'pull' | 'layer' | 'push' | 'cache import' | 'cache export' | 'reports';

/** Something that is being transferred between BuildKit and a registry or a cache. */
export interface Transfer {
  kind: TransferKind;
  /** For the reader, at most 200 characters. It quotes the Dockerfile. */
  what: string;
  /** Whether BuildKit tells how many bytes have moved. */
  hasBytes: boolean;
}

/**
 * What a build transfers; `undefined` while one of its steps does something else, which may take as long as it likes: a `RUN`, the
 * compression of layers, their extraction, the upload of the context, which comes from this machine, and git and `ADD`, of which
 * BuildKit reports nothing. So a transfer is stalled only where nothing else is left to do.
 *
 * Of a download BuildKit reports the bytes, several times a second. Of a push it reports `pushing layers` once it begins and once
 * all layers are there, whatever the driver, and of a cache's export each layer in this way. Only a push that buildx asks the
 * engine's classic store for has bytes. https://github.com/moby/buildkit/blob/master/util/push/push.go
 */
export function transfersOf(steps: readonly Step[]): Transfer[] | undefined {
  if (!steps.some(isRunning)) return [{ kind: 'reports', what: 'the reports of BuildKit', hasBytes: true }];
  const transfers: Transfer[] = [];
  for (const step of steps) {
    // Whoever asks for a login is a step of its own, and what it is for runs too.
    if (!isRunning(step) || step.name.startsWith('[auth] ')) continue;
    const open = transfersIn(step, steps);
    if (open === undefined) return undefined;
    transfers.push(...open);
  }
  return transfers;
}

function transfersIn(step: Step, steps: readonly Step[]): Transfer[] | undefined {
  const role = roleOf(step, steps);
  const open = [...step.statuses.values()].filter(({ completed }) => completed === undefined);
  const downloads = open.filter(isDownload);
  const others = open.filter(each => !isDownload(each)).map(({ id }) => id);
  const whole = (kind: TransferKind): Transfer[] => [transferOf(kind, step, { parts: others })];
  switch (role) {
    case 'cache import':
      return whole(role);
    case 'push':
      return [transferOf(role, step, { parts: others, hasBytes: downloads.length + others.length > 0 })];
    case 'cache export':
      return others.some(id => !id.startsWith('preparing ')) ? whole(role) : undefined;
    case 'image export':
      if (others.some(id => id !== 'pushing layers' && !id.startsWith('pushing manifest for ')))
        return undefined;
      return others.length > 0 ? whole('push') : undefined;
    case 'pull':
      if (others.some(id => !id.startsWith('resolve '))) return undefined;
      return [
        transferOf('pull', step, { parts: [...downloads.map(({ id }) => id), ...others], hasBytes: true }),
      ];
    case 'other':
      if (step.hasJustPrinted || others.length > 0 || downloads.length === 0) return undefined;
      return [transferOf('layer', step, { parts: downloads.map(({ id }) => id), hasBytes: true })];
  }
}

const MAX_LENGTH = 200;

function transferOf(
  kind: TransferKind,
  { name }: Step,
  { parts, hasBytes = false }: { parts: readonly string[]; hasBytes?: boolean },
): Transfer {
  const what = parts.length === 0 ? name : `${name} (${parts.join(', ')})`;
  return { kind, what: what.length > MAX_LENGTH ? `${what.slice(0, MAX_LENGTH - 1)}…` : what, hasBytes };
}

/** What a build has pushed, as far as BuildKit itself has reported it. */
export interface Pushed {
  /** `sha256:…` by the name that was pushed, `uri:tag`. */
  digests: ReadonlyMap<string, string>;
  /** `sha256:…` of the image's config; absent where there are several. */
  configDigest?: string;
}

/** What has been pushed by a build of which nothing runs any more but the export of its cache; `undefined` for any other. */
export function pushedBy(steps: readonly Step[]): Pushed | undefined {
  const isOver = steps.every(
    step => (!isRunning(step) && step.error === undefined) || isCacheStep(roleOf(step, steps)),
  );
  if (!isOver) return undefined;
  const done = steps
    .filter(step => roleOf(step, steps) === 'image export' && !isRunning(step))
    .flatMap(({ statuses }) => Array.from(statuses.values()))
    .filter(({ completed }) => completed !== undefined)
    .map(({ id }) => id);
  const digests = done.flatMap(id => {
    const [, name, digest] = /^pushing manifest for (\S+)@(sha256:[0-9a-f]{64})$/.exec(id) ?? [];
    return name === undefined || digest === undefined ? [] : [[name, digest] as const];
  });
  const configs = done.flatMap(id => /^exporting config (sha256:[0-9a-f]{64})$/.exec(id)?.[1] ?? []);
  const [configDigest] = configs;
  return {
    digests: new Map(digests),
    ...(configs.length === 1 && configDigest !== undefined && { configDigest }),
  };
}

function isCacheStep(role: ReturnType<typeof roleOf>): boolean {
  return role === 'cache export' || role === 'cache import';
}
