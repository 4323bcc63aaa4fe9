import * as parsers from './parsers.ts';
import type { InputReader } from './reader.ts';
import { rejectAll } from './unused-inputs.ts';

/**
 * What a run does. `all`: everything, from the build to the release. `build`: build and push some platforms. `merge`: join what
 * such runs pushed into one index and judge it. `gate`: judge an image that is already in the repository. `promote`: copy an image
 * from another repository and judge it in this one.
 */
export const modes = ['all', 'build', 'merge', 'gate', 'promote'] as const;

/** One of `modes`. */
export type Mode = (typeof modes)[number];

/** Whether a run of this mode builds an image. */
export function isBuildMode(mode: Mode): boolean {
  return mode === 'all' || mode === 'build';
}

/** Reads the input `mode`, which is `all` by default. */
export function readMode(reader: InputReader): Mode {
  return reader.read('mode', text => parsers.parseChoice(text, modes), 'all');
}

/**
 * Inputs that locate the Dockerfile. They are also read for an image that other runs built, as its findings are shown in that
 * file.
 */
export const dockerfileInputs = ['context', 'file', 'target'];

/** The reader of the inputs about the build. In a mode that builds nothing it rejects them, except for those in `allowed`. */
export function buildInputReader(
  mode: Mode,
  reader: InputReader,
  allowed: readonly string[] = [],
): InputReader {
  if (isBuildMode(mode)) return reader;
  const problem = `has no place in \`mode: ${mode}\`, which builds nothing`;
  return rejectAll(reader, { problem, remedy: 'Leave it out here.', allowed });
}

/** Inputs that say where the repository is, rather than how it should be. */
const addressInputs = ['repository', 'registry-id', 'registry-type'];

/**
 * The reader of the inputs about the repository. Where nothing is put into it but tags, it is taken as it is, and the reader rejects
 * those that say how it should be.
 */
export function repositoryInputReader(mode: Mode, reader: InputReader): InputReader {
  return mode === 'promote' ? reader : buildInputReader(mode, reader, addressInputs);
}

/** The reader of the inputs about the judgement of the image. `mode: build` judges nothing, and its reader rejects them. */
export function gateInputReader(mode: Mode, reader: InputReader): InputReader {
  if (mode !== 'build') return reader;
  return rejectAll(reader, {
    problem: `has no place in \`mode: ${mode}\`, which judges nothing`,
    remedy: 'Give it to the step of `mode: merge`, which judges the whole image.',
    allowed: [],
  });
}
