import { code, gfm, joined, table, text } from './markdown.ts';
import type { Markdown } from './markdown.ts';

/** One registry that the image is replicated to, and what came of it. */
export interface ReplicaEntry {
  region: string;
  /** 12 digits. */
  registryId: string;
  digest: string;
  status: 'replicated' | 'failed' | 'timed-out';
  /** `uri@sha256:…` there; absent where the role may not ask for the repository there. */
  image?: string;
  /** Whether the tags were looked for, or ECR's word for the digest counts, as the role may not read there. */
  checked?: 'tags' | 'digest';
  /** The release tags that were seen on the image there. */
  tags?: string[];
  failureCode?: string;
  /** Why it is not there, or what was seen last. */
  reason?: string;
}

const marks = { replicated: '✅', failed: '❌', 'timed-out': '⌛' } as const;

/** Characters of a reason, and how many tags are named. */
const [MAX_REASON_LENGTH, MAX_TAGS] = [300, 10];

/** The registries that ECR replicates to, as a part of the summary in GitHub-flavoured Markdown. */
export function replicasPart(replicas: readonly ReplicaEntry[] | undefined): Markdown[] {
  if (replicas === undefined) return [];
  if (replicas.length === 0)
    return [gfm`#### Replicas`, gfm`None: no rule of the registry replicates the repository.`];
  const rows = replicas.map(each => [
    code(each.region),
    code(each.registryId),
    gfm`${marks[each.status]} ${sayReplica(each)}`,
  ]);
  return [gfm`#### Replicas`, table(['Region', 'Account', ''], rows)];
}

function sayReplica({ status, checked, tags = [], reason = '' }: ReplicaEntry): Markdown {
  if (status !== 'replicated') return text(`${status.replace('-', ' ')}: ${reason}`, MAX_REASON_LENGTH);
  if (checked === 'digest') return gfm`the digest only, as the role may not look for tags there`;
  if (tags.length === 0) return gfm`the digest`;
  const more = tags.length > MAX_TAGS ? ` and ${tags.length - MAX_TAGS} more` : '';
  return gfm`${joined(tags.slice(0, MAX_TAGS).map(tag => code(tag)))}${more}`;
}
