import { DockerfileParser, From, ModifiableInstruction } from 'dockerfile-ast';
import type { Instruction } from 'dockerfile-ast';
import type { NamedMount } from './plan.ts';

/** A cache mount as BuildKit tells it from others: by its id, and by how its empty folder was made. */
export interface Mount {
  id: string;
  /** `,uid=1000,mode=0755`: BuildKit keeps another folder for each. */
  options: string;
}

/** Mounts that are filled and read in a container of one image, which the build needs anyway. */
export interface MountGroup {
  /** The ARGs before the first FROM, as the Dockerfile has them. */
  args: string;
  /** The FROM of the image. */
  from: string;
  /** The image in that FROM. */
  image: string;
  mounts: Mount[];
}

export interface MountReading {
  groups: MountGroup[];
  /** Mounts that cannot be kept, each with why. */
  left: string[];
}

interface Stage {
  name: string | undefined;
  from: From;
  instructions: Instruction[];
}

/** Reads the cache mounts of a Dockerfile, all of them or those that are named. https://docs.docker.com/reference/dockerfile/#run---mounttypecache */
export function readMountsOf(text: string, named: NamedMount[] | undefined): MountReading {
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
  const wanted = named?.flatMap(mount => namedIn(found, mount));
  const groups = new Map<string, MountGroup>();
  const left: string[] = [];
  const seen = new Set<string>();
  for (const { id, options, obstacle, index } of wanted ?? found) {
    if (seen.has(`${id}${options}`)) continue;
    seen.add(`${id}${options}`);
    const root = rootOf(stages, index);
    const image = root?.from.getImage() ?? 'scratch';
    const why = obstacle ?? (image === 'scratch' ? 'stands on scratch, which has no shell' : undefined);
    if (why !== undefined) {
      left.push(`${id} ${why}`);
      continue;
    }
    const flags = root?.from.getFlags().map(flag => `${flag.toString()} `) ?? [];
    const from = `FROM ${flags.join('')}${image}`;
    const group = groups.get(from) ?? { args, from, image, mounts: [] };
    groups.set(from, { ...group, mounts: [...group.mounts, { id, options }] });
  }
  return { groups: [...groups.values()], left };
}

/** The stage at the bottom of a stage, which stands on an image. */
function rootOf(stages: readonly Stage[], index: number): Stage | undefined {
  const stage = stages[index];
  const base = stage?.from.getImage()?.toLowerCase();
  const below = stages.slice(0, index).findLastIndex(({ name }) => name !== undefined && name === base);
  return below < 0 ? stage : rootOf(stages, below);
}

type FoundMount = Mount & { target: string; index: number; obstacle?: string };

/** All that BuildKit keeps under a name: by its id, else by where it is mounted. */
function namedIn(found: readonly FoundMount[], { id, target }: NamedMount): FoundMount[] {
  const byId = found.filter(each => each.id === id);
  const known = byId.length > 0 ? byId : found.filter(each => each.target === clean(target));
  return known.length > 0
    ? known
    : [{ id, target, options: '', index: 0, obstacle: `is not in the Dockerfile, nor a mount at ${target}` }];
}

function mountsIn({ instructions }: Stage, index: number): FoundMount[] {
  return instructions.flatMap(instruction =>
    instruction instanceof ModifiableInstruction
      ? instruction
          .getFlags()
          .filter(flag => flag.getName() === 'mount')
          .flatMap(flag => mountOf(flag.getValue() ?? '', index))
      : [],
  );
}

/** BuildKit's id is the target where none is given. https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert_runmount.go */
function mountOf(text: string, index: number): FoundMount[] {
  const pairs = text.split(',').map(pair => /^([^=]*)=?(.*)$/s.exec(pair) ?? []);
  const options = new Map(pairs.map(([, name = '', value = '']) => [name.toLowerCase(), value]));
  if (options.get('type') !== 'cache') return [];
  const target = options.get('target') ?? options.get('dst') ?? options.get('destination') ?? '';
  const id = options.get('id') || clean(target);
  const kept = ['uid', 'gid', 'mode'].flatMap(name => {
    const value = options.get(name);
    return value === undefined ? [] : `,${name}=${value}`;
  });
  const mount = { id, target: clean(target), options: kept.join(''), index };
  if (/["'$\\]/.test(text)) return [{ ...mount, obstacle: 'has a variable in it' }];
  if (!options.get('id') && !target.startsWith('/')) {
    return [{ ...mount, obstacle: 'is a relative target without an `id`' }];
  }
  if (options.has('from')) return [{ ...mount, obstacle: 'begins with the files of an image (`from`)' }];
  return [mount];
}

/** As Go's path.Clean, of what may stand in a target. */
function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}` || '.';
}
