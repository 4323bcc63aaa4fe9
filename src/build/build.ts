import type { Description } from '../image/description.ts';
import type { Secret } from './secrets.ts';

/** What is built, in the words of docker/build-push-action; each member is an input of the same name. */
export interface Build {
  /** A folder or a URL that buildx takes. */
  context: string;
  /** `name=path`, or a URL, an image or a stage in place of the path. */
  buildContexts: string[];
  file?: string;
  target?: string;
  platforms: string[];
  /** `NAME=value`, or `NAME` for the job's own value. */
  buildArgs: string[];
  /** The job's own values of the build arguments that have none. */
  jobValues: Record<string, string>;
  /** `name=value`. */
  labels: string[];
  /** `name=value`, a kind such as `index:` before it where it is not the manifest's. */
  annotations: string[];
  secrets: Secret[];
  /** Agents and keys, `id` or `id=path`. */
  ssh: string[];
  noCache: boolean;
  /** Stages that are built anew. */
  noCacheFilters: string[];
  /** Look for newer base images even where some are on the machine. */
  pull: boolean;
  /** Provenance and SBOM, in buildx's words: `type=provenance,mode=max`. */
  attests: string[];
  /** The run that builds, for the provenance that was asked for. https://slsa.dev/spec/v1.0/provenance#builder.id */
  builderId: string;
  /** Put the image into the docker of this machine too. */
  load: boolean;
  /** What is written beside the push, in buildx's words of `--output`. */
  outputs: string[];
  /** How the image is written that is pushed, such as `compression=zstd`. */
  imageAttributes: string[];
  network?: string;
  /** `host:ip` */
  addHosts: string[];
  /** Entitlements, such as `network.host`. */
  allow: string[];
  shmSize?: string;
  /** `name=soft:hard` */
  ulimits: string[];
  cgroupParent?: string;
  /** Say of the image what GitHub says of its commit. */
  deriveLabels: boolean;
  /** `context=SHA` of the folders that lie in a checkout of another commit than the one that names the tag; planned. */
  checkout?: string[];
  /** What decides the platform of an image that names none: the processor here, or whoever builds elsewhere; planned. */
  native?: string[];
  /** What the image says of itself, of this commit; planned from the members above. */
  description?: Description;
}

/** What says who builds, for what event, or where else it goes: the same image can be used again whatever it says. */
const aside: ReadonlySet<string> = new Set<keyof Build>(['builderId', 'description', 'load', 'outputs']);

/** All inputs that make the image, by name, of secrets their ids alone, in an order that does not depend on how they were written. */
export function ingredientsOf(build: Build): [name: string, value: unknown][] {
  return Object.entries({ ...build, secrets: build.secrets.map(({ id }) => id) })
    .filter(([name]) => !aside.has(name))
    .map(([name, value]): [string, unknown] => [name, canonical(value)])
    .toSorted(([a], [b]) => compare(a, b));
}

/** What stands twice under one name keeps its order, as the later one wins. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(String).toSorted((a, b) => compare(nameIn(a), nameIn(b)));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).toSorted(([a], [b]) => compare(a, b));
  }
  return value;
}

function nameIn(assignment: string): string {
  return assignment.split('=', 1)[0] ?? '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
