import type { InputReader } from '../validation/reader.ts';
import type { Problem } from '../validation/parsers.ts';
import type { Mode } from '../validation/mode.ts';
import { addressOf, isTag } from '../ecr/reference.ts';
import type { RepositoryInputs } from '../repository/plan.ts';

/** An image that is in the repository already, as ECR's calls name it. */
export type ImageName = { imageDigest: string } | { imageTag: string };

/** The image that is judged. */
export interface JudgedImage {
  name: ImageName;
  /** The repository's address, where the image was given with one. */
  address?: string;
}

const remedy = 'Give its digest (sha256:…), its tag, or the output `image` of the step that pushed it.';

/** Reads which image is judged: a digest, a tag, or a reference that ends with either. */
export function readImage(
  reader: InputReader,
  { mode, repository, region }: { mode: Mode; repository: RepositoryInputs; region: string },
): JudgedImage | undefined {
  const text = reader.optional('image', () => undefined);
  if (mode === 'gate' && text === undefined) {
    reader.reject('image', '', { problem: 'is empty, and `mode: gate` judges an image', remedy });
  }
  if (text === undefined) return undefined;
  if (mode !== 'gate') {
    reader.reject('image', text, {
      problem: 'is an image that is there already, and this run builds one',
      remedy: 'Set `mode: gate` to judge it, or leave it out.',
    });
    return undefined;
  }
  const parsed = nameOf(text, { repository, region });
  if ('value' in parsed) return parsed.value;
  reader.reject('image', text, parsed);
  return undefined;
}

function nameOf(
  text: string,
  { repository, region }: { repository: RepositoryInputs; region: string },
): { value: JudgedImage } | Problem {
  const [, path, tag, digest] =
    /^(?:(.+\/[^:@]+))?(?:[:]?([^:@/]+))?(?:@?(sha256:[0-9a-f]{64}))?$/.exec(text) ?? [];
  if (path !== undefined && !isOf(repository, path)) {
    return {
      problem: `is an image of another repository than '${repository.name}'`,
      remedy: 'Correct one of the two.',
    };
  }
  const told = path === undefined ? undefined : addressOf(path).region;
  if (told !== undefined && region !== '' && told !== region) {
    return {
      problem: `is an image in ${told}, and this run looks in ${region}`,
      remedy: 'Correct one of the two: `image` or `aws-region`.',
    };
  }
  const address = path === undefined ? {} : { address: path };
  if (digest !== undefined) return { value: { name: { imageDigest: digest }, ...address } };
  if (tag !== undefined && isTag(tag)) return { value: { name: { imageTag: tag }, ...address } };
  return { problem: 'names no image', remedy };
}

/** Behind the host stands the name; in ECR Public the registry's alias stands before it. */
function isOf({ name, type, registryId, region }: RepositoryInputs, path: string): boolean {
  const told = addressOf(path);
  const rest = path.replace(type === 'public' ? /^[^/]*\/[^/]*\// : /^[^/]*\//, '');
  const agrees = (one: string | undefined, other: string | undefined): boolean =>
    one === undefined || other === undefined || one === other;
  return rest === name && agrees(told.registryId, registryId) && agrees(told.region, region);
}

/** Whether the address with which an image was given is the repository's, which may have several: one account's in one region. */
export function isAt(address: string, { uri, registryId }: { uri: string; registryId: string }): boolean {
  const told = addressOf(address).registryId;
  return told === undefined ? address === uri : told === registryId;
}
