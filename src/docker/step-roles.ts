import { createHash } from 'node:crypto';
import type { Step } from './build-steps.ts';

/** What BuildKit or buildx itself does in a build; everything else is `other`, such as an instruction of the Dockerfile. */
export type StepRole = 'image export' | 'push' | 'cache export' | 'cache import' | 'pull' | 'other';

/**
 * Tells who a step is. Its name alone proves nothing: a frontend that `# syntax=` names may give any vertex any name. But it
 * cannot choose a vertex's digest, nor the names of its parts, which are those of layers, of files that are transferred and of
 * images that are resolved; only the parts of a merge are named by it, and a merge has inputs. So an exporter is known by having
 * no inputs and a part that only exporters have, and the import of a cache by its digest, the hash of its name.
 * https://github.com/moby/buildkit/blob/master/solver/llbsolver/export.go
 *
 * A pull is known by its name alone. What follows from that is another try, which a frontend's author may have.
 */
export function roleOf(step: Step, steps: readonly Step[]): StepRole {
  const { name, digest, hasInputs, statuses } = step;
  if (digest === undefined || hasInputs) return 'other';
  if (name.startsWith('importing cache manifest from ')) {
    return digest === `sha256:${createHash('sha256').update(name).digest('hex')}` ? 'cache import' : 'other';
  }
  if (name.startsWith('exporting ') && statuses.has('preparing build cache for export'))
    return 'cache export';
  if (isImageExport(step)) return 'image export';
  if (isPushOfBuildx(name) && steps.some(each => isImageExport(each) && each.error === undefined))
    return 'push';
  return pullPattern.test(name) ? 'pull' : 'other';
}

/**
 * The steps that ask a registry for an image's config or for a frontend, and those of a base image, of a named context, of what
 * `COPY --from` names and of a frontend.
 * https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert.go
 */
const pullPattern =
  /^(?:\[[^\]]+\] load metadata for |resolve image config for |(?:\[[^\]]+\] )?(?:FROM |docker-image:\/\/))/;

function isImageExport({ name, digest, hasInputs, statuses }: Step): boolean {
  return (
    name === 'exporting to image' && digest !== undefined && !hasInputs && statuses.has('exporting layers')
  );
}

/**
 * What buildx pushes once BuildKit has exported: an image of the engine's classic store, or the index over the images of several
 * nodes. https://github.com/docker/buildx/blob/master/build/build.go
 */
function isPushOfBuildx(name: string): boolean {
  return /^(?:pushing \S+ with docker|merging manifest list \S+)$/.test(name);
}
