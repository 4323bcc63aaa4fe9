import { isForIndex, isForIndexOnly } from '../build/annotation-levels.ts';
import type { Build } from '../build/build.ts';
import type { BuilderPlan } from '../builder/plan.ts';
import type { Release } from '../tags/plan.ts';
import type { Mode } from '../validation/mode.ts';
import type { InputReader } from '../validation/reader.ts';
import { parsePlatformBuilds } from './platform-builds.ts';
import type { PlatformBuilds } from './platform-builds.ts';

/** Reads the outputs of the runs of `mode: build`. `createIndex` checks later whether they make a complete image. */
export function readPlatformBuilds(
  reader: InputReader,
  { mode, type }: { mode: Mode; type: 'private' | 'public' },
): PlatformBuilds {
  const platformBuilds = reader.read('builds', parsePlatformBuilds, { builds: [], missing: [] });
  if (platformBuilds.builds.length + platformBuilds.missing.length > 0 && mode !== 'merge') {
    reader.reject('builds', '…', {
      problem: 'is what `mode: merge` joins',
      remedy: 'Set `mode: merge`, or leave it out.',
    });
  }
  if (type === 'public' && (mode === 'build' || mode === 'merge')) {
    reader.reject('mode', mode, {
      problem: 'is not to be had in ECR Public, which shows no manifests',
      remedy: 'Set `mode: all`, and build all platforms in one run.',
    });
  }
  return platformBuilds;
}

/** Rejects inputs for the whole image in `mode: build`, and inputs for its parts in `mode: merge`. */
export function refuseMisplacedInputs(
  reader: InputReader,
  { mode, build, builder, release }: { mode: Mode; build: Build; builder: BuilderPlan; release: Release },
): void {
  if (mode === 'merge') {
    for (const each of build.annotations.filter(text => !isForIndexOnly(text))) {
      reader.reject('annotations', each, {
        problem: 'is for images, and those are built already',
        remedy: 'Give it to the steps of `mode: build`; index:name=value is for the index that is made here.',
      });
    }
  }
  if (mode !== 'build') return;
  for (const each of build.annotations.filter(isForIndex)) {
    reader.reject('annotations', each, {
      problem: 'is for the index, which `mode: merge` makes',
      remedy: 'Give index:name=value to the step of `mode: merge`, and what is for manifests here.',
    });
  }
  if (release === 'with-push') {
    reader.reject('release', release, {
      problem: 'would release a part of an image',
      remedy: 'Leave it out: `mode: merge` releases the whole, after the gate.',
    });
  }
  if (mayBuildOtherPlatform(builder) && build.platforms.length === 0) {
    reader.reject('platforms', '', {
      problem: 'is empty, and nobody knows yet what the builder elsewhere builds for',
      remedy: 'Give the platform of this run: its image is named after it.',
    });
  }
}

/** Whether the builder may run on a machine with another processor than this one. */
function mayBuildOtherPlatform(builder: BuilderPlan): boolean {
  if (builder.kind !== 'made') return false;
  return (
    builder.driver !== 'docker-container' || builder.node.endpoint !== undefined || builder.append.length > 0
  );
}
