import { Refusal } from '../refusal.ts';

/** What STS asks of a parameter's value: limits of length for text, limits of value for numbers. */
interface Constraint {
  required?: true;
  number?: true;
  min?: number;
  max?: number;
  /** As the service's model writes it; the whole value has to match. */
  pattern?: string;
}

/** Request parameters by name; lists are flattened, as in `Tags.member.1.Key`. */
export type Parameters = ReadonlyMap<string, string>;

const text = String.raw`[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD]+`;
const assumeRole: Record<string, Constraint> = {
  RoleArn: { required: true, min: 20, max: 2048, pattern: text },
  RoleSessionName: { required: true, min: 2, max: 64, pattern: String.raw`[\w+=,.@-]*` },
  DurationSeconds: { number: true, min: 900, max: 43200 },
  Policy: { min: 1, max: 2048, pattern: String.raw`[\u0009\u000A\u000D\u0020-\u00FF]+` },
  'PolicyArns.member.N.arn': { min: 20, max: 2048, pattern: text },
};

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html */
const operations: Readonly<Record<string, Record<string, Constraint>>> = {
  AssumeRoleWithWebIdentity: {
    ...assumeRole,
    WebIdentityToken: { required: true, min: 4, max: 20000 },
    ProviderId: { min: 4, max: 2048 },
  },
  AssumeRole: {
    ...assumeRole,
    ExternalId: { min: 2, max: 1224, pattern: String.raw`[\w+=,.@:\/-]*` },
    'Tags.member.N.Key': { min: 1, max: 128, pattern: String.raw`[\p{L}\p{Z}\p{N}_.:/=+\-@]+` },
    'Tags.member.N.Value': { min: 0, max: 256, pattern: String.raw`[\p{L}\p{Z}\p{N}_.:/=+\-@]*` },
    'TransitiveTagKeys.member.N': { min: 1, max: 128, pattern: String.raw`[\p{L}\p{Z}\p{N}_.:/=+\-@]+` },
    SourceIdentity: { min: 2, max: 64, pattern: String.raw`[\w+=,.@-]*` },
  },
  GetCallerIdentity: {},
};

const listLimits: Readonly<Record<string, number>> = { PolicyArns: 10, Tags: 50, TransitiveTagKeys: 50 };

/**
 * Checks a request against what the operation takes, all faults in one answer.
 *
 * @throws {Refusal} InvalidAction, ValidationError; a parameter that the operation does not have is refused too,
 *   which STS itself would overlook, so that no misspelt one passes here
 */
export function checkParameters(operation: string, parameters: Parameters): void {
  const constraints = operations[operation];
  if (!constraints) {
    throw new Refusal('InvalidAction', `Could not find operation ${operation} for version 2011-06-15`);
  }
  const unknown = [...parameters.keys()].find(name => constraints[listName(name)] === undefined);
  if (unknown !== undefined) throw invalid(`Unknown parameter: ${unknown}`);

  const faults = [
    ...Object.entries(constraints)
      .filter(([name, { required }]) => required && !parameters.has(name))
      .map(
        ([name]) =>
          `Value null at '${memberName(name)}' failed to satisfy constraint: Member must not be null`,
      ),
    ...[...parameters].flatMap(([name, value]) =>
      faultsOf(value, constraints[listName(name)] ?? {}).map(
        fault => `Value '${value}' at '${memberName(name)}' failed to satisfy constraint: ${fault}`,
      ),
    ),
    ...Object.entries(listLimits)
      .filter(([name, limit]) => parameters.keys().some(key => key.startsWith(`${name}.member.${limit + 1}`)))
      .map(
        ([name, limit]) =>
          `Value at '${memberName(name)}' failed to satisfy constraint: ` +
          `Member must have length less than or equal to ${limit}`,
      ),
  ];
  const count = faults.length;
  if (count > 0) {
    throw invalid(`${count} validation error${count > 1 ? 's' : ''} detected: ${faults.join('; ')}`);
  }
}

/** The values of a flattened list of structures, `Tags.member.1.Key` … as `[{ Key, Value }]`. */
export function listOf(parameters: Parameters, name: string): Record<string, string>[] {
  const items = new Map<string, Record<string, string>>();
  for (const [key, value] of parameters) {
    const [list, , index, member] = key.split('.');
    if (list === name && index && member) items.set(index, { ...items.get(index), [member]: value });
  }
  return [...items.values()];
}

/** The values of a flattened list, `TransitiveTagKeys.member.1` … */
export function valuesOf(parameters: Parameters, name: string): string[] {
  return [...parameters].flatMap(([key, value]) =>
    /^\w+\.member\.\d+$/.test(key) && key.startsWith(`${name}.`) ? [value] : [],
  );
}

function faultsOf(value: string, { number, min, max, pattern }: Constraint): string[] {
  if (number && !/^-?\d+$/.test(value)) {
    throw new Refusal('MalformedInput', 'Start of list found where not expected');
  }
  const size = number ? Number(value) : value.length;
  const what = number ? 'value' : 'length';
  return [
    ...(min !== undefined && size < min ? [`Member must have ${what} greater than or equal to ${min}`] : []),
    ...(max !== undefined && size > max ? [`Member must have ${what} less than or equal to ${max}`] : []),
    ...(pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(value)
      ? [`Member must satisfy regular expression pattern: ${pattern}`]
      : []),
  ];
}

/** `Tags.member.3.Key` as the constraints name it. */
function listName(name: string): string {
  return name.replace(/\.member\.\d+/, '.member.N');
}

function memberName(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function invalid(message: string): Refusal {
  return new Refusal('ValidationError', message);
}
