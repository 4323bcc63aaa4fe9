import { Refusal } from '../refusal.ts';
import * as members from './members.ts';
import type { ResourceTags } from './members.ts';
import { operation } from './operation.ts';
import type { Registry, Repository } from './registry.ts';
import { list, structure, text } from './shape.ts';

const mostTags = 50;

export const listTagsForResource = operation(structure({ resourceArn: text() }, {}), {
  resources: ({ resourceArn }) => [resourceArn],
  perform({ resourceArn }, { registry }) {
    const { resourceTags } = repositoryOf(resourceArn, registry);
    return { tags: Object.entries(resourceTags).map(([Key, Value]) => ({ Key, Value })) };
  },
});

export const tagResource = operation(structure({ resourceArn: text(), tags: members.resourceTags }, {}), {
  resources: ({ resourceArn }) => [resourceArn],
  perform({ resourceArn, tags }, { registry }) {
    const { name } = repositoryOf(resourceArn, registry);
    registry.update(name, ({ resourceTags }) => ({ resourceTags: checkResourceTags(resourceTags, tags) }));
    return {};
  },
});

export const untagResource = operation(
  structure({ resourceArn: text(), tagKeys: list(text({ min: 1, max: 128 }), { min: 0, max: 200 }) }, {}),
  {
    resources: ({ resourceArn }) => [resourceArn],
    perform({ resourceArn, tagKeys }, { registry }) {
      const { name } = repositoryOf(resourceArn, registry);
      registry.update(name, ({ resourceTags }) => ({
        resourceTags: Object.fromEntries(
          Object.entries(resourceTags).filter(([key]) => !tagKeys.includes(key)),
        ),
      }));
      return {};
    },
  },
);

/**
 * A resource's tags with others added to them.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-using-tags.html
 * @throws {Refusal} InvalidTagParameterException, TooManyTagsException
 */
export function checkResourceTags(
  existing: Readonly<Record<string, string>>,
  added: ResourceTags,
): Readonly<Record<string, string>> {
  for (const { Key, Value } of added) {
    if (Key.length < 1 || Key.length > 128 || /^aws:/i.test(Key)) throw invalidTag(`tag key '${Key}'`);
    if (Value.length > 256) throw invalidTag(`the value of tag key '${Key}'`);
  }
  if (new Set(added.map(({ Key }) => Key)).size < added.length) throw invalidTag('duplicate tag keys');
  const tags = { ...existing, ...Object.fromEntries(added.map(({ Key, Value }) => [Key, Value])) };
  if (Object.keys(tags).length > mostTags) {
    throw new Refusal(
      'TooManyTagsException',
      `The list of tags on the repository is over the limit of ${mostTags}.`,
    );
  }
  return tags;
}

function repositoryOf(arn: string, registry: Registry): Repository {
  const [, name] = /:repository\/(.+)$/.exec(arn) ?? [];
  if (name === undefined) {
    throw new Refusal(
      'InvalidParameterException',
      `Invalid parameter at 'resourceArn' failed to satisfy constraint: 'Invalid ARN'`,
    );
  }
  return registry.get(name);
}

function invalidTag(what: string): Refusal {
  return new Refusal('InvalidTagParameterException', `An invalid parameter has been specified: ${what}.`);
}
