/** Calls that a run can do without: where they fail for ever, it may end well, with a warning unless it is quiet. */
export interface Optional {
  call: RegExp;
  /** Why the run can do without it, and why it may be silent about it. */
  reason: string;
  isQuiet?: true;
}

export const optional: readonly Optional[] = [
  { call: /^cache:/, reason: 'a cache never fails a build' },
  { call: /^registry:\w+ \/v2\/\{caches\}\//, reason: 'a cache never fails a build' },
  { call: /^registry:\w+ .*\/manifests\/\{buildcache\}$/, reason: 'a cache never fails a build' },
  { call: /^issues:/, reason: 'the comment repeats what the summary says' },
];

/** How an error has to call the service that a call goes to. */
const services: readonly [call: RegExp, name: RegExp][] = [
  [/^sts:/, /\bSTS\b|\bsts:|AWS/],
  [/^ecr(-public)?:/, /\bECR\b|\becr(-public)?:|AWS/],
  [/^registry:/, /127\.0\.0\.1:\d+|registry/],
  [/^github:GET \/oidc/, /OIDC/],
  [/^repos:/, /GitHub/],
];

export function optionalOf(call: string): Optional | undefined {
  return optional.find(each => each.call.test(call));
}

/** Whether an error names the call, or the service that it went to. */
export function names(message: string, call: string): boolean {
  const operation = /^[\w-]+:([A-Z]\w+)$/.exec(call)?.[1];
  if (operation !== undefined && message.includes(operation)) return true;
  return services.some(([of, name]) => of.test(call) && name.test(message));
}
