import { BlockList, isIPv6 } from 'node:net';
import type { ConditionBlock } from './policy-document.ts';
import { matchesWildcard } from './wildcard.ts';

/** The facts of a request that conditions ask for, by key: `sts:ExternalId`, `token.actions.githubusercontent.com:sub`. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

interface Operator {
  /** Whether one value of the request is what one value of the policy means. */
  meets(wanted: string, actual: string): boolean;
  /** A `Not…` operator holds when no value meets it, and therefore also when the key is absent. */
  negated: boolean;
}

/** Operators that compare a size: of numbers, and of times. */
const orders: [name: string, isSo: (actual: number, wanted: number) => boolean, negated: boolean][] = [
  ['Equals', (actual, wanted) => actual === wanted, false],
  ['NotEquals', (actual, wanted) => actual === wanted, true],
  ['LessThan', (actual, wanted) => actual < wanted, false],
  ['LessThanEquals', (actual, wanted) => actual <= wanted, false],
  ['GreaterThan', (actual, wanted) => actual > wanted, false],
  ['GreaterThanEquals', (actual, wanted) => actual >= wanted, false],
];

function ordered(prefix: 'Numeric' | 'Date', valueOf: (text: string) => number): [string, Operator][] {
  return orders.map(([name, isSo, negated]) => [
    `${prefix}${name}`,
    { meets: (wanted, actual) => isSo(valueOf(actual), valueOf(wanted)), negated },
  ]);
}

const equals = (wanted: string, actual: string) => wanted === actual;
const equalsIgnoringCase = (wanted: string, actual: string) => wanted.toLowerCase() === actual.toLowerCase();
const like = (wanted: string, actual: string) => matchesWildcard(wanted, actual);

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['StringEquals', { meets: equals, negated: false }],
  ['StringNotEquals', { meets: equals, negated: true }],
  ['StringEqualsIgnoreCase', { meets: equalsIgnoringCase, negated: false }],
  ['StringNotEqualsIgnoreCase', { meets: equalsIgnoringCase, negated: true }],
  ['StringLike', { meets: like, negated: false }],
  ['StringNotLike', { meets: like, negated: true }],
  ['ArnEquals', { meets: arnLike, negated: false }],
  ['ArnNotEquals', { meets: arnLike, negated: true }],
  ['ArnLike', { meets: arnLike, negated: false }],
  ['ArnNotLike', { meets: arnLike, negated: true }],
  ['Bool', { meets: equalsIgnoringCase, negated: false }],
  ['BinaryEquals', { meets: equals, negated: false }],
  ['IpAddress', { meets: isInRange, negated: false }],
  ['NotIpAddress', { meets: isInRange, negated: true }],
  ...ordered('Numeric', Number),
  ...ordered('Date', timeOf),
]);

/** Whether IAM (this part of it) knows a condition operator, with its set prefix and `IfExists`. */
export function isOperator(name: string): boolean {
  return name === 'Null' || operators.has(parseOperator(name).base);
}

/** Whether all conditions of a statement hold: every operator, every key, and one value of each. */
export function conditionsHold(block: ConditionBlock, context: RequestContext): boolean {
  const facts = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), [value].flat()]));
  return Object.entries(block).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) =>
      holds(operator, [wanted].flat(), facts.get(key.toLowerCase())),
    ),
  );
}

function holds(name: string, wanted: readonly string[], actual: readonly string[] | undefined): boolean {
  if (name === 'Null') return wanted.some(value => (value === 'true') === (actual === undefined));
  const { base, set, ifExists } = parseOperator(name);
  const operator = operators.get(base);
  // `checkPolicy` has refused unknown operators; one that slips through must not grant anything.
  if (!operator) return false;
  if (actual === undefined) {
    return ifExists || set === 'ForAllValues' || (operator.negated && set !== 'ForAnyValue');
  }
  const meets = (value: string) => wanted.some(want => operator.meets(want, value)) !== operator.negated;
  return set === 'ForAllValues' || (set === undefined && operator.negated)
    ? actual.every(meets)
    : actual.some(meets);
}

function parseOperator(name: string): { base: string; set: string | undefined; ifExists: boolean } {
  const [, set, base = name, ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/.exec(name) ?? [];
  return { base, set, ifExists: ifExists !== undefined };
}

/** Milliseconds since the epoch, of a date in ISO 8601 or of seconds since the epoch. */
function timeOf(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

/** Whether an address is in a range, `203.0.113.0/24` or a single address, of its own kind. */
function isInRange(range: string, address: string): boolean {
  const family = (text: string) => (isIPv6(text) ? 'ipv6' : 'ipv4');
  const [network = '', bits] = range.split('/');
  const list = new BlockList();
  try {
    if (bits === undefined) list.addAddress(network, family(network));
    else list.addSubnet(network, Number(bits), family(network));
    return list.check(address, family(address));
  } catch {
    // What is no range has no address in it.
    return false;
  }
}

/** Each of an ARN's six parts is compared by itself, so that a `*` never reaches into the next one. */
function arnLike(wanted: string, actual: string): boolean {
  const actualParts = arnParts(actual);
  return arnParts(wanted).every((part, index) => matchesWildcard(part, actualParts[index] ?? ''));
}

function arnParts(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}
