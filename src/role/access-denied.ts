import { policyWith } from '../aws/iam-policy.ts';
import type { PolicyDocument, PolicyStatement } from '../aws/iam-policy.ts';
import type { RolePlan } from './plan.ts';

/** What denied the call, by the message of AWS, and where to change it. */
const reasons: [message: RegExp, explanation: string][] = [
  [
    /explicit deny in an? service control policy/i,
    'A service control policy of the organisation denies it: only an administrator of the organisation can lift that.',
  ],
  [
    /explicit deny in an? resource control policy/i,
    'A resource control policy of the organisation denies it: only an administrator of the organisation can lift that.',
  ],
  [
    /explicit deny/i,
    'A policy denies it explicitly, and a denial outranks every permission: find the statement with "Effect": "Deny".',
  ],
  [
    /no session policy allows/i,
    'The session was narrowed: `inline-session-policy` or `managed-session-policies` has to allow it too.',
  ],
  [
    /no resource-based policy allows/i,
    "The repository is another account's: the repository's own policy has to admit the role too, for each of the actions below.",
  ],
  [/no permissions boundary allows/i, "The role's permissions boundary has to allow it too."],
];

/**
 * The remedy for a denied call: what it needs, and a policy with all permissions that the inputs need. An action that is not in it
 * is needed for what the registry is set to do, such as signing what is pushed, which no input tells.
 */
export function explainDenial(message: string, policy: PolicyDocument): string {
  const [, action, resource] = /perform: ([\w-]+:\w+) on resource: (\S+)/.exec(message) ?? [];
  const holder = /^User: arn:[^:]+:iam::\d+:user\//.test(message) ? 'user' : 'role';
  const explanation = reasons.find(([pattern]) => pattern.test(message))?.[1];
  const isUnforeseen =
    action !== undefined &&
    policy.Statement.length > 0 &&
    !policy.Statement.some(({ Action }) => [Action].flat().includes(action));
  const unforeseen: PolicyStatement[] =
    isUnforeseen && resource !== undefined
      ? [{ Sid: 'Registry', Effect: 'Allow', Action: action, Resource: resource }]
      : [];
  return [
    explanation ??
      `The ${holder} lacks ${action ?? 'the action'}${resource === undefined ? '' : ` on ${resource}`}.`,
    isUnforeseen
      ? `All that these inputs need, and that action, which no input asks for but the registry's settings may, for a policy of the ${holder}:`
      : `All that these inputs need, for a policy of the ${holder}:`,
    JSON.stringify({ ...policy, Statement: [...policy.Statement, ...unforeseen] }, null, 2),
  ].join('\n');
}

/**
 * The remedy where a role may not be assumed by the role before it, or the first one by whoever has the keys: both have to allow it.
 * `message` is that of AWS, which names the caller.
 */
export function explainChain(
  next: string,
  { message, before, policy }: { message: string; before: 'role' | 'keys'; policy: PolicyDocument },
): string {
  const caller = before === 'role' ? 'the role before it' : callerIn(message);
  const isTagged = policy.Statement.some(({ Action }) => [Action].flat().includes('sts:TagSession'));
  const actions = isTagged ? ' for sts:AssumeRole and sts:TagSession' : '';
  return [
    ...(message.includes('perform: sts:TagSession ')
      ? [
          'Only the tags of the session are refused: those of `custom-tags`, or of `role-skip-session-tagging: false`, which can be left out.',
        ]
      : []),
    `The trust policy of ${next} has to admit ${caller} as a principal${actions}, with the same \`role-external-id\` where it asks for one;`,
    `and ${caller} needs, in a policy of its own:`,
    JSON.stringify(policy, null, 2),
  ].join('\n');
}

/** Who made a call that AWS denies. Of a session the role is told, as a policy names it. */
function callerIn(message: string): string {
  const [, caller = 'the owner of these keys'] = /User: (arn:\S+) is not authorized/.exec(message) ?? [];
  const [, account, name] = /:sts::(\d+):assumed-role\/([^/]+)\//.exec(caller) ?? [];
  return name === undefined ? caller : `the role ${name} of account ${account}`;
}

/** The permissions that a role needs to assume the next one of a chain. */
export function chainingPermissions({ tags }: Pick<RolePlan, 'tags'>, next: string): PolicyDocument {
  const actions = ['sts:AssumeRole', ...(Object.keys(tags).length > 0 ? ['sts:TagSession'] : [])];
  return policyWith([{ Sid: 'Chain', Effect: 'Allow', Action: actions, Resource: next }]);
}
