import { tmpdir } from 'node:os';
import type { Repository } from '../world/aws/ecr/registry.ts';
import type { Run } from '../world/github/runner.ts';
import type { World } from '../world/world.ts';
import type { Scene } from './stage.ts';

/** What is there after a run, in words that are the same for each run that goes alike. */
export interface Picture {
  outcome: string;
  outputs: Record<string, string>;
  warnings: string[];
  /** By name. */
  repositories: Record<string, object | 'missing'>;
  /** Tag → whether it names the image that the run told of. */
  tags: Record<string, 'the image' | 'another image' | 'nothing'>;
  /** The tags among them that promise something and name that image. */
  released: string[];
  /** How many comments the pull request has. */
  comments: number;
}

/** Outputs whose text says when and how long; that they are there is all that two runs have in common. */
const passing = new Set(['metadata', 'scan-sentence', 'imageid']);

export function pictureOf(world: World, scene: Scene, run: Run): Picture {
  const say = (text: string): string => replaceNames(text, scene.names);
  const outputs = Object.entries(run.outputs).map(([name, value]) => [
    name,
    passing.has(name) ? (value === '' ? '' : '{some}') : say(value),
  ]);
  const [first = ''] = scene.repositories;
  const repository = repositoryIn(world, first);
  const digest = run.outputs['digest'];
  const named = (tag: string) => {
    const found = repository?.imageTags.get(tag);
    return found === undefined ? 'nothing' : found === digest ? 'the image' : 'another image';
  };
  return {
    outcome: run.outcome,
    outputs: Object.fromEntries(outputs),
    warnings: run.annotations.filter(({ level }) => level === 'warning').map(({ message }) => say(message)),
    repositories: Object.fromEntries(
      scene.repositories.map(name => {
        const found = repositoryIn(world, name);
        return [say(name), found ? settingsOf(found) : ('missing' as const)];
      }),
    ),
    tags: Object.fromEntries(scene.tags.map(tag => [say(tag), named(tag)])),
    released: scene.releases.filter(tag => named(tag) === 'the image').map(say),
    comments: world.github.comments.filter(({ number }) => number === scene.pullRequest).length,
  };
}

/** A repository of the private registry, or of ECR Public. */
export function repositoryIn(world: World, name: string): Repository | undefined {
  return world.aws.ecr.repository(name) ?? world.aws.ecrPublic.repository(name);
}

/** What differs between two pictures, as a line each; the warnings are compared elsewhere. */
export function differences(expected: Picture, actual: Picture): string[] {
  const [before, after] = [flatten(expected), flatten(actual)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter(name => before.get(name) !== after.get(name))
    .map(
      name =>
        `${name}: ${before.get(name) ?? 'nothing'} without the fault, ${after.get(name) ?? 'nothing'} with it`,
    );
}

function flatten({ outcome, outputs, repositories, tags, comments }: Picture): Map<string, string> {
  const parts: Record<string, object> = {
    run: { outcome, comments },
    output: outputs,
    tag: tags,
    ...repositories,
  };
  return new Map(
    Object.entries(parts).flatMap(([part, members]) =>
      Object.entries(members).map(([name, value]) => [`${part} ${name}`, textOf(value)] as const),
    ),
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function settingsOf(repository: Repository): object {
  const { mutability, exclusionFilters, scanOnPush, encryption, resourceTags, catalogData } = repository;
  const { lifecyclePolicy, policy } = repository;
  const parts = {
    mutability,
    exclusionFilters,
    scanOnPush,
    encryption,
    resourceTags,
    catalogData,
    lifecyclePolicy,
  };
  return { ...parts, policy: policy?.text };
}

/** What is new in each run, and what is measured or random. */
function replaceNames(text: string, names: Record<string, string>): string {
  const named = Object.entries(names)
    .toSorted(([, a], [, b]) => b.length - a.length)
    .reduce((said, [name, value]) => said.replaceAll(value, `{${name}}`), text);
  return named
    .replaceAll(/\bsha256:[0-9a-f]{64}\b/g, '{digest}')
    .replaceAll(new RegExp(`${RegExp.escape(tmpdir())}/[^\\s'",;:)]+/`, 'g'), '{temp}/')
    .replaceAll(/(?<=\b127\.0\.0\.1:)\d+\b/g, '{port}')
    .replaceAll(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, '{time}')
    .replaceAll(/(?<=inputs=\S*:)[0-9a-f]{16}\b/g, '{hash}')
    .replaceAll(/\b(content-)[0-9a-f]{40}\b/g, '$1{key}')
    .replaceAll(/\b[0-9a-f]{40}\b/g, '{commit}');
}
