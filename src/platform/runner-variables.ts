/**
 * Whether a variable is an input or the state of this step, or one of the runner's tokens and addresses (`ACTIONS_…`). No build
 * gets these, whoever names them: a line in `build-args` may come from the text of a pull request.
 * https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
 */
export function isRunnersOwn(name: string): boolean {
  return /^(INPUT|STATE|ACTIONS)_/i.test(name);
}
