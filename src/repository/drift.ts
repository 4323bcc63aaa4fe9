import { sayMutability } from '../ecr/mutability.ts';
import type { TagMutability } from '../ecr/mutability.ts';
import type { AskedSettings, CatalogData, Encryption } from './plan.ts';
import { policyFor, understood } from './policy.ts';
import type { Owner } from './policy.ts';

/** The settings of an existing repository, those that were asked for. */
export interface CurrentSettings {
  mutability: TagMutability;
  scanning: Scanning;
  encryption: Encryption;
  tags: Record<string, string>;
  /** JSON text; absent where the repository has none. */
  lifecyclePolicy?: string;
  repositoryPolicy?: string;
  catalog: CatalogData;
}

/** Whether what is pushed is scanned, and by whose word. */
export interface Scanning {
  onPush: boolean;
  by: "the repository's own setting" | "the registry's rules";
}

/** One setting that is not as it was asked for. */
export interface Drift {
  /** The input. */
  setting: string;
  asked: string;
  found: string;
  /** Why the step can't change it. */
  fixed?: string;
  /** The policy as it is, for a reader to compare. */
  document?: string;
}

/** Compares what was asked for, setting by setting; what nobody asked for is not compared. */
export function driftOf(asked: AskedSettings, found: CurrentSettings, owner: Owner): Drift[] {
  const policy = policyFor(asked, owner, found.repositoryPolicy);
  return [
    ...mutabilityDrift(asked, found.mutability),
    ...scanningDrift(asked.scanOnPush, found.scanning),
    ...encryptionDrift(asked.encryption, found.encryption),
    ...Object.entries(asked.tags)
      .filter(([key, value]) => found.tags[key] !== value)
      .map(([key, value]) => ({
        setting: 'repository-tags',
        asked: `${key}=${value}`,
        found: found.tags[key] === undefined ? `no tag '${key}'` : `${key}=${found.tags[key]}`,
      })),
    ...documentDrift('lifecycle-policy', [asked.lifecyclePolicy, found.lifecyclePolicy], parse),
    ...documentDrift(
      asked.repositoryPolicy === undefined ? 'pull-accounts and pull-services' : 'repository-policy',
      [policy, found.repositoryPolicy],
      text => understood(text, owner),
    ),
    ...catalogDrift(asked.catalog, found.catalog),
  ];
}

/** Setting and filters are two wishes: who gives one of them says nothing of the other. */
function mutabilityDrift({ mutability, exclusions }: AskedSettings, found: TagMutability): Drift[] {
  const input = 'image-tag-mutability';
  return [
    ...(mutability === undefined || mutability === found.setting
      ? []
      : [{ setting: input, asked: mutability, found: sayMutability(found) }]),
    ...(exclusions === undefined || same(exclusions, found.exclusions)
      ? []
      : [
          {
            setting: `${input}-exclusions`,
            asked: exclusions.join(', '),
            found: found.exclusions.join(', ') || 'none',
            ...(mutability === undefined &&
              found.setting === 'MUTABLE' && {
                fixed: `the repository is MUTABLE: \`${input}\` has to say which way round the filters are meant`,
              }),
          },
        ]),
  ];
}

function scanningDrift(asked: boolean | undefined, { onPush, by }: Scanning): Drift[] {
  if (asked === undefined || asked === onPush) return [];
  return [
    {
      setting: 'scan-on-push',
      asked: String(asked),
      found: `${onPush}, by ${by}`,
      ...(by === "the registry's rules" && {
        fixed: "the scan rules of the registry decide: change them in the registry's own settings",
      }),
    },
  ];
}

/** A key that was asked for by alias can't be told from the ARN that ECR answers. */
function encryptionDrift(asked: Encryption | undefined, found: Encryption): Drift[] {
  if (asked === undefined) return [];
  const { key } = asked;
  const isKey =
    key === undefined || /(^|:)alias\//.test(key) || found.key?.endsWith(key.replace(/^.*\//, ''));
  if (asked.type === found.type && isKey) return [];
  const say = (each: Encryption): string => (each.key === undefined ? each.type : `${each.type} ${each.key}`);
  return [
    {
      setting: key === undefined ? 'encryption-type' : 'encryption-type and kms-key',
      asked: say(asked),
      found: say(found),
      fixed: 'ECR fixes it when the repository is created: only another repository can have it',
    },
  ];
}

function documentDrift(
  setting: string,
  [asked, found]: [asked: string | undefined, found: string | undefined],
  read: (text: string) => unknown,
): Drift[] {
  if (asked === undefined || (found !== undefined && same(read(asked), read(found)))) return [];
  return [
    {
      setting,
      asked: sayDocument(asked),
      found: found === undefined ? 'none' : `another: ${sayDocument(found)}`,
      ...(found !== undefined && { document: found }),
    },
  ];
}

function parse(text: string): unknown {
  return JSON.parse(text);
}

function sayDocument(text: string): string {
  const { rules, Statement }: { rules?: unknown[]; Statement?: unknown } = JSON.parse(text);
  const [parts, noun] = rules === undefined ? [[Statement].flat(), 'statement'] : [rules, 'rule'];
  return `${parts.length} ${noun}${parts.length === 1 ? '' : 's'}`;
}

function catalogDrift(asked: CatalogData | undefined, found: CatalogData): Drift[] {
  // ECR answers with the logo's address, so a logo can't be compared.
  const { logoImageBlob: _, ...rest } = asked ?? {};
  const members = new Map<string, unknown>(Object.entries(found));
  const say = (value: unknown): string => (value === undefined ? 'none' : JSON.stringify(value));
  return Object.entries(rest)
    .filter(([member, value]) => !same(value, members.get(member)))
    .map(([member, value]) => ({
      setting: `catalog-data: ${member}`,
      asked: say(value),
      found: say(members.get(member)),
    }));
}

/** JSON documents are the same in whatever order and form they are written: IAM and ECR read lists as sets. */
function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    const members = value.map(canonical).toSorted();
    return members.length === 1 ? (members[0] ?? '') : `[${members.join()}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`);
  return `{${members.toSorted().join()}}`;
}

/** "2 settings are not as asked". */
export function sayDiffering({ length }: readonly Drift[]): string {
  return length === 1 ? '1 setting is not as asked' : `${length} settings are not as asked`;
}

/** One line for the log. */
export function sayDrift({ setting, asked, found, fixed }: Drift): string {
  return `${setting}: asked ${asked}, is ${found}${fixed === undefined ? '' : ` (${fixed})`}`;
}
