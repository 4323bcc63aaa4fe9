import type { ActionInput } from './action-manifest.ts';

export interface StepInputs {
  /** Values by the name they were given, or else as action.yml spells it. */
  values: Record<string, string>;
  /** `INPUT_…`: spaces become underscores, dashes stay. */
  environment: Record<string, string>;
  /** What the runner warns of. */
  warnings: string[];
}

/**
 * Fills a step's `with` up with the action's defaults. `required: true` is a note to readers: the runner does not ask.
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionRunner.cs
 */
export function fillInputs(
  declared: readonly ActionInput[],
  given: Readonly<Record<string, string>>,
  { evaluate }: { evaluate: (text: string) => string },
): StepInputs {
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  const names = Object.keys(given);
  const deprecated = names.flatMap(name => {
    const message = declared.find(input => same(input.name, name))?.deprecationMessage;
    return message ? [`Input '${name}' has been deprecated with message: ${message}`] : [];
  });
  const unexpected = names.filter(name => !declared.some(input => same(input.name, name)));
  const valid = declared.map(input => input.name);
  const defaults = declared.filter(input => !names.some(name => same(input.name, name)));
  const values = {
    ...given,
    ...Object.fromEntries(defaults.map(input => [input.name, evaluate(input.default)])),
  };
  return {
    values,
    environment: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
        value,
      ]),
    ),
    warnings: [
      ...deprecated,
      ...(unexpected.length > 0
        ? [`Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${valid.join("', '")}']`]
        : []),
    ],
  };
}

/** Evaluates `${{ github.token }}`, the one expression that defaults of inputs are written with in practice. */
export function createEvaluator(githubToken: string): (text: string) => string {
  return text => {
    const evaluated = text.replaceAll(/\$\{\{\s*github\.token\s*\}\}/g, githubToken);
    if (evaluated.includes('${{')) throw new Error(`This runner does not evaluate '${text}'.`);
    return evaluated;
  };
}
