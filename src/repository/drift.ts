import { sayMutability } from '../ecr/mutability.ts';
import type { TagMutability } from '../ecr/mutability.ts';
import { ownValue } from '../platform/own-value.ts';
import type { AskedSettings, CatalogData, Encryption } from './plan.ts';
import { policyFor, normalizePolicy } from './repository-policy.ts';
import type { Owner } from './repository-policy.ts';

/** The settings of an existing repository, as far as they are compared. */
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

/** Whether pushed images are scanned, and which setting decides. */
export interface Scanning {
  onPush: boolean;
  by: "the repository's own setting" | "the registry's rules";
}

/** One setting of the repository that differs from what the inputs ask for. */
export interface Drift {
  /** The name of the input. */
  setting: string;
  asked: string;
  found: string;
  /** Why the step cannot change it; absent if it can. */
  whyUnchangeable?: string;
  /** Which policy it is, where it is one. */
  policy?: 'lifecycle' | 'repository';
  /** JSON text of the current policy, which the summary shows; absent where there is none. */
  document?: string;
}

/** The settings that differ from what the inputs ask for. Settings that no input asks for are not compared. */
export function driftOf(asked: AskedSettings, found: CurrentSettings, owner: Owner): Drift[] {
  const policy = policyFor(asked, owner, found.repositoryPolicy);
  return [
    ...mutabilityDrift(asked, found.mutability),
    ...scanningDrift(asked.scanOnPush, found.scanning),
    ...encryptionDrift(asked.encryption, found.encryption),
    ...Object.entries(asked.tags)
      .map(([key, value]) => ({ key, value, foundValue: ownValue(found.tags, key) }))
      .filter(({ value, foundValue }) => foundValue !== value)
      .map(({ key, value, foundValue }) => ({
        setting: 'repository-tags',
        asked: `${key}=${value}`,
        found: foundValue === undefined ? `no tag '${key}'` : `${key}=${foundValue}`,
      })),
    ...documentDrift('lifecycle', 'lifecycle-policy', {
      documents: [asked.lifecyclePolicy, found.lifecyclePolicy],
      read: parse,
    }),
    ...documentDrift(
      'repository',
      asked.repositoryPolicy === undefined ? 'pull-accounts and pull-services' : 'repository-policy',
      { documents: [policy, found.repositoryPolicy], read: text => normalizePolicy(text, owner) },
    ),
    ...catalogDrift(asked.catalog, found.catalog),
  ];
}

/** The setting and its filters are compared independently, as the inputs may ask for one of the two only. */
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
                whyUnchangeable: `the repository is MUTABLE: \`${input}\` has to say which way round the filters are meant`,
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
        whyUnchangeable: "the scan rules of the registry decide: change them in the registry's own settings",
      }),
    },
  ];
}

/** A key that the inputs name by its alias counts as the same: ECR answers its ARN, which does not contain the alias. */
export function encryptionDrift(asked: Encryption | undefined, found: Encryption): Drift[] {
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
      whyUnchangeable: 'ECR fixes it when the repository is created: only another repository can have it',
    },
  ];
}

interface ComparedDocuments {
  documents: [asked: string | undefined, found: string | undefined];
  read: (text: string) => unknown;
}

function documentDrift(
  policy: 'lifecycle' | 'repository',
  setting: string,
  { documents: [asked, found], read }: ComparedDocuments,
): Drift[] {
  if (asked === undefined || (found !== undefined && same(read(asked), read(found)))) return [];
  return [
    {
      setting,
      policy,
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
  // ECR answers with the URL of the logo instead of its content, so the logo cannot be compared.
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

/**
 * Whether two JSON values mean the same. The order of members and of list items does not matter, as IAM and ECR read lists as
 * sets.
 */
function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** A text that is equal for values that mean the same; a list of one item equals the item. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    const members = value.map(canonical).toSorted();
    return members.length === 1 ? (members[0] ?? '') : `[${members.join()}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`);
  return `{${members.toSorted().join()}}`;
}

/** Formats how many settings differ: "2 settings are not as asked". */
export function sayDiffering({ length }: readonly Drift[]): string {
  return length === 1 ? '1 setting is not as asked' : `${length} settings are not as asked`;
}

/** Formats a difference as one line for the log. */
export function sayDrift({ setting, asked, found, whyUnchangeable }: Drift): string {
  return `${setting}: asked ${asked}, is ${found}${whyUnchangeable === undefined ? '' : ` (${whyUnchangeable})`}`;
}
