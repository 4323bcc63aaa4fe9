import type { FaultAtCall } from './kinds.ts';

/** Calls that a run can do without: where they fail for ever, it ends well, with a warning unless it is quiet. */
export interface Optional {
  call: RegExp;
  /** The only scenarios; any where they are left out. */
  scenarios?: readonly string[];
  /** Only the last of several such calls in a run; those before serve another end. */
  isLast?: true;
  /** Why the run can do without it, and why it may be silent about it. */
  reason: string;
  isQuiet?: true;
  /** Quiet where it is denied; an answer that breaks off is told by a warning. */
  isToldWhereBroken?: true;
  /** The operation serves another end in the same run too, for which the run may end with an error. */
  isNeededToo?: true;
  /** What may differ from a run without a fault, as a line of `differences`. */
  changes?: RegExp;
}

export const optional: readonly Optional[] = [
  {
    call: /^cache:CreateCacheEntry$/,
    scenarios: ['archive-cache'],
    reason: 'a cache never fails a build; the log says that it was not saved, and many tokens may not save',
    isQuiet: true,
    isToldWhereBroken: true,
  },
  {
    call: /^registry:GET \/v2\/$/,
    reason: "only the login of the job's later steps asks for it, and a warning says that they have none",
  },
  { call: /^cache:/, reason: 'a cache never fails a build' },
  { call: /^registry:\w+ \/v2\/\{caches\}\//, reason: 'a cache never fails a build' },
  { call: /^registry:\w+ .*\/manifests\/\{buildcache\}$/, reason: 'a cache never fails a build' },
  {
    call: /^ecr:(BatchGetImage|DescribeRepositories)$/,
    scenarios: ['replication'],
    isLast: true,
    reason: 'ECR has said that the image is there; log, summary and output say what of it was not looked for',
    changes: /^output replicas: /,
    isQuiet: true,
  },
  {
    call: /^ecr:BatchGetImage$/,
    scenarios: ['first-build', 'next-commit', 'cache-repository'],
    isLast: true,
    reason: 'it notes how long a cold build takes, which the summary of a later run tells; the log says so',
    isQuiet: true,
    isNeededToo: true,
  },
  {
    call: /^ecr:PutImage$/,
    scenarios: ['cache-repository'],
    reason: 'it notes how long a cold build takes, and no tag is released there; the log says so',
    isQuiet: true,
  },
  {
    call: /^ecr:(CreateRepository|DescribeRepositories|PutLifecyclePolicy|BatchGetImage)$/,
    scenarios: ['cache-repository'],
    reason: 'without its repository the cache is elsewhere; the image has one of its own that it needs',
    isNeededToo: true,
    changes: /^\{repository\}|^matrix\/caches/,
  },
  {
    call: /^registry:GET .*\/(manifests|blobs)\/\{digest\}$/,
    scenarios: ['next-commit'],
    reason:
      'only the cache is read there, and a cache never fails a build; the log says that it was not read',
    isQuiet: true,
  },
  {
    call: /^ecr:BatchGetImage$/,
    scenarios: ['content', 'gate', 'merge'],
    isLast: true,
    reason: 'the labels of an image that is there, which are empty where they cannot be read, as README says',
    isQuiet: true,
    isNeededToo: true,
    changes: /^output (labels|json|platforms): /,
  },
  {
    call: /^ecr:GetRegistryScanningConfiguration$/,
    reason:
      'it tells whether an enhanced scan is to come, and few roles may ask; the wait for the scan goes on without it',
    isQuiet: true,
  },
  {
    call: /^ecr:BatchGetRepositoryScanningConfiguration$/,
    reason:
      "it tells whether the registry's own rules scan; where the role may not ask, the repository's own setting is compared",
    isQuiet: true,
  },
  {
    call: /^(ecr:GetDownloadUrlForLayer|layer:GET \{digest\})$/,
    scenarios: ['copies'],
    reason: 'a copy needs the layers; the outputs with labels are empty where the role may not read them',
    isQuiet: true,
    isNeededToo: true,
    changes: /^output (labels|annotations|json): /,
  },
  {
    call: /^ecr:(BatchGetImage|GetDownloadUrlForLayer)$/,
    scenarios: ['promotion'],
    isLast: true,
    reason: 'what the image says of itself, which is empty where it cannot be read, as README says',
    isQuiet: true,
    isNeededToo: true,
    changes: /^output (annotations|labels|json|platforms): /,
  },
  {
    call: /^ecr:GetDownloadUrlForLayer$/,
    scenarios: ['promotion'],
    reason: 'the layers need the first of them, and what the image says of itself the last',
    isQuiet: true,
    isNeededToo: true,
  },
  {
    call: /^(ecr:GetDownloadUrlForLayer|layer:GET \{digest\})$/,
    reason: 'the outputs with labels are empty where the role may not read them, as README says',
    isQuiet: true,
    changes: /^output (labels|annotations|json): /,
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

export const known: readonly Known[] = [
  {
    scenario: 'merge',
    call: /^ecr:PutImage$/,
    problem: /^output reused: false without the fault, true with it$/,
    reason:
      'after a lost answer ECR says that the tag names this very index already, and nobody can tell whether another job put it',
  },
];

/** How an error has to call the service that a call goes to. */
const services: readonly [call: RegExp, name: RegExp][] = [
  [/^layer:/, /\blayer\b.*could not be read/],
  [/^sts:/, /\bSTS\b|\bsts:|AWS/],
  [/^ecr(-public)?:/, /\bECR\b|\becr(-public)?:|AWS/],
  [/^registry:/, /127\.0\.0\.1:\d+|registry/],
  [/^github:GET \/oidc/, /OIDC/],
  [/^repos:/, /GitHub/],
];

export function optionalOf({ call, nth }: FaultAtCall, scenario: string): Optional | undefined {
  return optional.find(
    each =>
      each.call.test(call) &&
      (each.scenarios?.includes(scenario) ?? true) &&
      (!each.isLast || nth !== undefined),
  );
}

/** Whether an error names the call, or the service that it went to. */
export function names(message: string, call: string): boolean {
  const operation = /^[\w-]+:([A-Z]\w+)$/.exec(call)?.[1];
  if (operation !== undefined && message.includes(operation)) return true;
  return services.some(([of, name]) => of.test(call) && name.test(message));
}
