import type { Run } from '../world/github/runner.ts';
import type { FaultAtCall } from './kinds.ts';
import { known, names, optionalOf } from './optional.ts';
import { differences } from './picture.ts';
import type { Picture } from './picture.ts';
import type { Scene } from './stage.ts';

/** A run with a fault, as far as it is judged. */
export interface Cell {
  scenario: string;
  /** None for a run that all went well for. */
  faults: readonly FaultAtCall[];
  scene: Pick<Scene, 'isJudged'>;
  run: Run;
  picture: Picture;
  /** Digest of the image that the repository has under the commit's tag after the run, and did not have before. */
  pushed?: string | undefined;
  /** Where a secret was found, by the name of the place. */
  leaks: readonly string[];
}

/** Words of a program that did not expect what it met. */
const rawWords =
  /Unexpected token|is not iterable|\bundefined is\b|of undefined|SyntaxError|TypeError|is not valid JSON|Deserialization error|\[object |Invalid time value/;

const stack = /\bat (async )?(\S+ \()?(file:|node:)/;

/**
 * What is wrong about a run, a sentence each; nothing where all is right.
 *
 * `clean` is the same scenario without a fault.
 */
export function judgeCell(cell: Cell, clean: Picture): string[] {
  const { faults, scenario } = cell;
  const always = alwaysWrong(cell, clean);
  if (faults.length === 0) return always;
  const isPassing = faults.every(({ kind }) => kind.once);
  const isKnown = (problem: string): boolean =>
    known.some(
      each =>
        each.scenario === scenario &&
        each.problem.test(problem) &&
        faults.some(({ call }) => each.call.test(call)),
    );
  return [
    ...always,
    ...(isPassing ? afterPassing(cell, clean) : afterLasting(cell, clean)).filter(each => !isKnown(each)),
  ];
}

/** What may never be, whatever the fault. */
function alwaysWrong({ scene, run, picture, pushed, leaks }: Cell, clean: Picture): string[] {
  const problems: string[] = [];
  const demand = (isRight: boolean, problem: string): void => void (isRight || problems.push(problem));
  for (const [phase, end] of [
    ['main', run.main],
    ['post', run.post],
  ] as const) {
    const how = end ? (end.signal ?? `exit ${String(end.exitCode)}`) : 'not at all';
    demand(['exit 0', 'exit 1'].includes(how), `${phase} ended with ${how}`);
  }
  demand(run.outcome !== 'cancelled', `it did not end within its time`);
  demand(run.leftovers.length === 0, `left behind: ${run.leftovers.join(', ')}`);
  for (const place of leaks) problems.push(`a secret is in ${place}`);
  for (const { level, message } of run.annotations)
    demand(
      !rawWords.test(message) && !stack.test(message),
      `raw words in ${level === 'error' ? 'an' : 'a'} ${level}: ${message}`,
    );
  demand(!stack.test(run.log), `a stack in the log: ${stack.exec(run.log)?.[0] ?? ''}`);
  const verdict = run.outputs['scan-verdict'] ?? '';
  const expected = clean.outputs['scan-verdict'] ?? '';
  demand(verdict === '' || verdict === expected, `the verdict is ${verdict} instead of ${expected}`);
  demand(!(run.outcome === 'success' && scene.isJudged && verdict !== 'passed'), 'green without a verdict');
  const { released } = picture;
  demand(
    !scene.isJudged || verdict === 'passed' || released.length === 0,
    `released unjudged: ${released.join(', ')}`,
  );
  demand(
    pushed === undefined || run.outputs['digest'] === pushed,
    `pushed ${pushed ?? ''}, but it is no output`,
  );
  return problems;
}

/** Nobody should notice what passes; only of what the run can do without there may be a warning. */
function afterPassing({ faults, scenario, run, picture }: Cell, clean: Picture): string[] {
  if (run.outcome !== clean.outcome) return [`a passing fault ended it: ${errorsOf(run)[0] ?? run.outcome}`];
  const without = faults
    .map(fault => optionalOf(fault, scenario))
    .filter(each => each !== undefined && (!each.isQuiet || each.isToldWhereBroken));
  const news = newWarnings(picture, clean);
  // What is missing then is told.
  const allowed = news.length > 0 ? without : [];
  const told = without.length > 0 ? [] : news.map(warning => `a warning of what passed: ${warning}`);
  return [
    ...differences(clean, picture).filter(each => !allowed.some(of => of?.changes?.test(each))),
    ...told,
  ];
}

/** What lasts ends the run with one error that says what to do, unless the run can do without the call. */
function afterLasting({ faults: [fault], scenario, run, picture }: Cell, clean: Picture): string[] {
  if (!fault) return [];
  const other = differences(clean, picture);
  const without = optionalOf(fault, scenario);
  if (!without || (without.isNeededToo && run.outcome !== clean.outcome)) {
    if (run.outcome === 'success' || other.length === 0)
      return ['it ended as if nothing were wrong, and the call is not listed as one to do without'];
    return badEnd(errorsOf(run), fault.call);
  }
  if (run.outcome !== clean.outcome)
    return [`it can do without this call, and ended: ${errorsOf(run)[0] ?? run.outcome}`];
  const isTold = without.isQuiet ?? newWarnings(picture, clean).length > 0;
  return [
    ...(isTold ? [] : ['it did without this call and did not say so']),
    ...other.filter(each => !without.changes?.test(each)),
  ];
}

function newWarnings(picture: Picture, clean: Picture): string[] {
  return picture.warnings.filter(warning => !clean.warnings.includes(warning));
}

function errorsOf(run: Run): string[] {
  return run.annotations.filter(({ level }) => level === 'error').map(({ message }) => message);
}

/** What is wrong about the end of a run that had to fail. */
function badEnd(errors: readonly string[], call: string): string[] {
  const [error = '', ...others] = errors;
  const problems: string[] = [];
  if (error === '') problems.push('red without an error');
  if (others.length > 0) problems.push(`${errors.length} errors, the second: ${others[0] ?? ''}`);
  if (error !== '' && !names(error, call))
    problems.push(`the error names neither call nor service: ${error}`);
  if (error !== '' && !error.includes('\n')) problems.push(`the error has no remedy: ${error}`);
  return problems;
}
