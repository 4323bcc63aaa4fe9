import type { Description } from '../image/description.ts';
import type { Secret } from './secrets.ts';

/**
 * What is built. The inputs have the names that they have in docker/build-push-action. Members are hashed under their
 * names (see {@link imageInputsOf}): renaming one changes the fingerprint of every image.
 */
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
  /** Stages that are built without the cache. */
  noCacheFilters: string[];
  /** Whether newer base images are looked for even where there are some on the machine. */
  pull: boolean;
  /** Values of buildx's `--attest`, such as `type=provenance,mode=max`. */
  attests: string[];
  /** URL of the run that builds, for the provenance that the inputs ask for. https://slsa.dev/spec/v1.0/provenance#builder.id */
  builderId: string;
  /** Whether the image is loaded into the docker of this machine too. */
  load: boolean;
  /** Values of buildx's `--output` for what is written besides the push. */
  outputs: string[];
  /** Attributes of the pushed image in buildx's `--output`, such as `compression=zstd`. */
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
  /** Whether labels and annotations are derived from the commit. */
  deriveLabels: boolean;
  /** `context=SHA` of the folders in a checkout of another commit than the one that names the tag; set by the plan. */
  checkout?: string[];
  /** What decides the platform where `platforms` is empty: this machine's processor or the remote builder; set by the plan. */
  native?: string[];
  /** How much of the provenance the output `metadata` has. The image's own attestations do not depend on it. */
  metadataProvenance: MetadataProvenance;
  /** Labels and annotations of the image; set by the plan from the members above and the commit. */
  description?: Description;
}

/** https://docs.docker.com/build/building/variables/#buildx_metadata_provenance */
export type MetadataProvenance = 'min' | 'max' | 'disabled';

/** The members on which it does not depend whether an image can be reused: who builds, for which commit, and where else the image goes. */
const notInImage: ReadonlySet<string> = new Set<keyof Build>([
  'builderId',
  'description',
  'load',
  'metadataProvenance',
  'outputs',
]);

/** The inputs that the image depends on, by name and in a fixed order, whatever order they were given in. Of secrets only the ids. */
export function imageInputsOf(build: Build): [name: string, value: unknown][] {
  return Object.entries({ ...build, secrets: build.secrets.map(({ id }) => id) })
    .filter(([name]) => !notInImage.has(name))
    .map(([name, value]): [string, unknown] => [name, inFixedOrder(value)])
    .toSorted(([a], [b]) => compare(a, b));
}

/** Assignments to the same name keep their order, as the last one wins. */
function inFixedOrder(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(String).toSorted((a, b) => compare(assignmentName(a), assignmentName(b)));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).toSorted(([a], [b]) => compare(a, b));
  }
  return value;
}

function assignmentName(assignment: string): string {
  return assignment.split('=', 1)[0] ?? '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
