/** Calls that a run can do without: where they fail for ever, it ends well, with a warning unless it is quiet. */
export interface Optional {
  call: RegExp;
  /** The only scenario; any where it is left out. */
  scenario?: string;
  /** Why the run can do without it, and why it may be silent about it. */
  reason: string;
  isQuiet?: true;
  /** The operation serves another end in the same run too, for which the run may end with an error. */
  isNeededToo?: true;
  /** What may differ from a run without a fault, as a line of `differences`. */
  changes?: RegExp;
}

export const optional: readonly Optional[] = [
  {
    call: /^cache:CreateCacheEntry$/,
    scenario: 'archive-cache',
    reason: 'a cache never fails a build; the log says that it was not saved, and many tokens may not save',
    isQuiet: true,
  },
  { call: /^cache:/, reason: 'a cache never fails a build' },
  { call: /^registry:\w+ \/v2\/\{caches\}\//, reason: 'a cache never fails a build' },
  { call: /^registry:\w+ .*\/manifests\/\{buildcache\}$/, reason: 'a cache never fails a build' },
  {
    call: /^ecr:(CreateRepository|DescribeRepositories|PutLifecyclePolicy|BatchGetImage)$/,
    scenario: 'cache-repository',
    reason: 'without its repository the cache is elsewhere; the image has one of its own that it needs',
    isNeededToo: true,
    changes: /^\{repository\}|^matrix\/caches/,
  },
  {
    call: /^ecr:GetDownloadUrlForLayer$/,
    reason: 'the outputs with labels are empty where the role may not read them, as README says',
    isQuiet: true,
    changes: /^output (labels|json): /,
  },
  {
    call: /^issues:/,
    reason: 'the comment repeats what the summary says',
    changes: /^run comments: 1 without the fault, 0 with it$/,
  },
];

/** What is known to differ after a passing fault, and right so. */
export interface Known {
  scenario: string;
  call: RegExp;
  problem: RegExp;
  reason: string;
}

export const known: readonly Known[] = [];

/** How an error has to call the service that a call goes to. */
const services: readonly [call: RegExp, name: RegExp][] = [
  [/^sts:/, /\bSTS\b|\bsts:|AWS/],
  [/^ecr(-public)?:/, /\bECR\b|\becr(-public)?:|AWS/],
  [/^registry:/, /127\.0\.0\.1:\d+|registry/],
  [/^github:GET \/oidc/, /OIDC/],
  [/^repos:/, /GitHub/],
];

export function optionalOf(call: string, scenario: string): Optional | undefined {
  return optional.find(each => each.call.test(call) && (each.scenario ?? scenario) === scenario);
}

/** Whether an error names the call, or the service that it went to. */
export function names(message: string, call: string): boolean {
  const operation = /^[\w-]+:([A-Z]\w+)$/.exec(call)?.[1];
  if (operation !== undefined && message.includes(operation)) return true;
  return services.some(([of, name]) => of.test(call) && name.test(message));
}
