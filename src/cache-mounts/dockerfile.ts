import { DockerfileParser, From, ModifiableInstruction } from 'dockerfile-ast';
import type { Instruction } from 'dockerfile-ast';
import type { NamedMount } from './plan.ts';

/** A cache mount as BuildKit identifies it: by its id, and by the options that its empty folder was created with. */
export interface Mount {
  id: string;
  /** Such as `,uid=1000,mode=0755`: BuildKit keeps a separate folder for each combination. */
  options: string;
}

/** Mounts that are filled and saved in a container of the same image, which the build needs anyway. */
export interface MountGroup {
  /** The ARG lines before the first FROM, as they are in the Dockerfile. */
  args: string;
  /** The FROM line of the image. */
  from: string;
  /** The image in that FROM. */
  image: string;
  mounts: Mount[];
}

/** The cache mounts of a Dockerfile. */
export interface MountsOfDockerfile {
  groups: MountGroup[];
  /** Mounts that can't be kept, each as its id and the reason. */
  skipped: string[];
}

interface Stage {
  name: string | undefined;
  from: From;
  instructions: Instruction[];
}

/** Parses the text of a Dockerfile and returns its cache mounts: all of them, or only those that are `named`. https://docs.docker.com/reference/dockerfile/#run---mounttypecache */
export function parseMounts(text: string, named: NamedMount[] | undefined): MountsOfDockerfile {
  const dockerfile = DockerfileParser.parse(text);
  const stages: Stage[] = [];
  for (const each of dockerfile.getInstructions()) {
    if (each instanceof From) {
      stages.push({ name: each.getBuildStage()?.toLowerCase(), from: each, instructions: [] });
    } else stages.at(-1)?.instructions.push(each);
  }
  const args = dockerfile
    .getInitialARGs()
    .map(arg => `ARG ${arg.getRawArgumentsContent() ?? ''}\n`)
    .join('');
  const found = stages.flatMap(mountsIn);
  const namedMounts = named?.flatMap(mount => findNamed(found, mount));
  const groups = new Map<string, MountGroup>();
  const skipped: string[] = [];
  const seen = new Set<string>();
  for (const { id, options, obstacle, index } of namedMounts ?? found) {
    if (seen.has(`${id}${options}`)) continue;
    seen.add(`${id}${options}`);
    const baseStage = baseStageOf(stages, index);
    const image = baseStage?.from.getImage() ?? 'scratch';
    const reason = obstacle ?? (image === 'scratch' ? 'stands on scratch, which has no shell' : undefined);
    if (reason !== undefined) {
      skipped.push(`${id} ${reason}`);
      continue;
    }
    const flags = baseStage?.from.getFlags().map(flag => `${flag.toString()} `) ?? [];
    const from = `FROM ${flags.join('')}${image}`;
    const group = groups.get(from) ?? { args, from, image, mounts: [] };
    groups.set(from, { ...group, mounts: [...group.mounts, { id, options }] });
  }
  return { groups: [...groups.values()], skipped };
}

/** The stage that a stage is built from in the end: one whose FROM names an image and not another stage. */
function baseStageOf(stages: readonly Stage[], index: number): Stage | undefined {
  const stage = stages[index];
  const base = stage?.from.getImage()?.toLowerCase();
  const baseIndex = stages.slice(0, index).findLastIndex(({ name }) => name !== undefined && name === base);
  return baseIndex < 0 ? stage : baseStageOf(stages, baseIndex);
}

type FoundMount = Mount & { target: string; index: number; obstacle?: string };

/** The mounts with an id; where there are none, those with the target. */
function findNamed(found: readonly FoundMount[], { id, target }: NamedMount): FoundMount[] {
  const byId = found.filter(each => each.id === id);
  const matches = byId.length > 0 ? byId : found.filter(each => each.target === cleanPath(target));
  return matches.length > 0
    ? matches
    : [{ id, target, options: '', index: 0, obstacle: `is not in the Dockerfile, nor a mount at ${target}` }];
}

function mountsIn({ instructions }: Stage, index: number): FoundMount[] {
  return instructions.flatMap(instruction =>
    instruction instanceof ModifiableInstruction
      ? instruction
          .getFlags()
          .filter(flag => flag.getName() === 'mount')
          .flatMap(flag => parseMount(flag.getValue() ?? '', index))
      : [],
  );
}

/** Parses the value of `--mount`. BuildKit uses the target as the id where none is given. https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert_runmount.go */
function parseMount(text: string, index: number): FoundMount[] {
  const pairs = text.split(',').map(pair => /^([^=]*)=?(.*)$/s.exec(pair) ?? []);
  const options = new Map(pairs.map(([, name = '', value = '']) => [name.toLowerCase(), value]));
  if (options.get('type') !== 'cache') return [];
  const target = options.get('target') ?? options.get('dst') ?? options.get('destination') ?? '';
  const id = options.get('id') || cleanPath(target);
  const folderOptions = ['uid', 'gid', 'mode'].flatMap(name => {
    const value = options.get(name);
    return value === undefined ? [] : `,${name}=${value}`;
  });
  const mount = { id, target: cleanPath(target), options: folderOptions.join(''), index };
  if (/["'$\\]/.test(text)) return [{ ...mount, obstacle: 'has a variable in it' }];
  if (!options.get('id') && !target.startsWith('/')) {
    return [{ ...mount, obstacle: 'is a relative target without an `id`' }];
  }
  if (options.has('from')) return [{ ...mount, obstacle: 'begins with the files of an image (`from`)' }];
  return [mount];
}

/** Cleans a target as Go's `path.Clean` does. */
function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}` || '.';
}
