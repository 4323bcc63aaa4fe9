import { addressOf, isTag, sanitizeTag } from '../ecr/reference.ts';
import type { RepositoryAddress } from '../ecr/reference.ts';
import type { RepositoryInputs } from '../repository/plan.ts';
import { ownerOf } from '../repository/repository-policy.ts';
import type { RoleInputs } from '../role/plan.ts';
import type { RuleLine } from '../validation/csv-attributes.ts';
import type { Parsed } from '../validation/parsers.ts';
import type { TagRule } from './rule.ts';
import type { Template } from './template.ts';

/**
 * A line of names alone, `a,b`, as a line for each of them. docker/build-push-action takes `tags` so. `refs` are the names of the job's
 * branches: whoever pushes one chooses it, and the branch `a,latest` is one name and not two.
 * https://github.com/docker/build-push-action#inputs
 */
export function splitNames({ text, fields }: RuleLine, refs: readonly string[]): RuleLine[] {
  if (fields.length < 2 || fields.some(field => field.includes('='))) return [{ text, fields }];
  const isOne = refs.some(ref => ref.includes(',') && text.includes(ref));
  return (isOne ? [text] : fields.filter(Boolean)).map(name => ({ text: name, fields: [name] }));
}

/**
 * A raw rule whose value is a reference of the repository, such as `team/app:1.2` or one that begins with the host of its registry,
 * as the rule of the tag alone. Without a tag a reference with a host means `latest`, as for docker. `repository` is undefined where
 * nobody knows how it is called, and any reference counts then.
 */
export function withoutRepository(rule: TagRule, repository: RepositoryAddress | undefined): Parsed<TagRule> {
  if (rule.type !== 'raw') return { value: rule };
  const [lead = '', ...rest] = rule.value;
  const reference = typeof lead === 'string' ? readReference(lead, rest) : undefined;
  if (reference === undefined) return { value: rule };
  const { name, tag } = reference;
  const address = addressOf(name);
  const isOwn = !name.includes('@') && (repository === undefined || names(address, repository));
  const value = [tag, ...rest].filter(part => part !== '');
  const { registryId } = address;
  if (isOwn && value.length > 0)
    return { value: { ...rule, value, ...(registryId !== undefined && { registryId }) } };
  const near = sanitizeTag(tag);
  const guess = isTag(near) ? ` Did you mean '${near}'?` : '';
  const own = repository === undefined ? '' : ` than '${repository.name}', which \`repository\` names`;
  return {
    problem: isOwn ? 'is a reference without a tag' : `is a reference of another repository${own}`,
    remedy: `In \`tags\` a reference is one of this repository, and its tag alone is enough; another repository has a step of its own.${guess}`,
  };
}

/** The address of the repository, as far as it is known before AWS is asked: the registry is by default that of the last role. */
export function addressForTags(
  { type, name, alias, ...given }: RepositoryInputs,
  role: Pick<RoleInputs, 'arns' | 'region'>,
): RepositoryAddress {
  const registryId = given.registryId ?? ownerOf(role.arns.at(-1) ?? '').account;
  const region = given.region ?? role.region;
  return {
    type,
    name,
    ...(registryId !== '' && { registryId }),
    ...(region !== '' && { region }),
    ...(alias !== undefined && { alias }),
  };
}

/**
 * The parts of a reference; `undefined` where the text is none. An expression stands after its name alone. With an `@` it has a digest
 * too: `app@1.2.3` is how releases of several packages in one repository are called.
 */
function readReference(lead: string, rest: Template): { name: string; tag: string } | undefined {
  const [, name, tag] = /^(.+):([^:/]*)$/s.exec(lead) ?? [];
  if (name !== undefined && tag !== undefined) return { name, tag };
  if (lead.includes(':')) return { name: lead, tag: '' };
  const hasHost = rest.length === 0 && addressOf(lead).type !== undefined;
  return hasHost ? { name: lead, tag: 'latest' } : undefined;
}

/** Whether an address is that of the repository, as far as both are known. */
function names(given: RepositoryAddress, repository: RepositoryAddress): boolean {
  const differs = (one: string | undefined, other: string | undefined): boolean =>
    one !== undefined && other !== undefined && one !== other;
  return (
    given.name.toLowerCase() === repository.name.toLowerCase() &&
    !differs(given.type, repository.type) &&
    !differs(given.registryId, repository.registryId) &&
    !differs(given.region, repository.region) &&
    !differs(given.alias, repository.alias)
  );
}
