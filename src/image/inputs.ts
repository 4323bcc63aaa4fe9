import { addressOf, inLowerCase, isTag, partsOfImage } from '../ecr/reference.ts';
import type { RepositoryInputs } from '../repository/plan.ts';
import type { Mode } from '../validation/mode.ts';
import type { Problem } from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';

/** How calls to ECR name an image in the repository. */
export type ImageName = { imageDigest: string } | { imageTag: string };

/** The image that `mode: gate` judges. */
export interface JudgedImage {
  name: ImageName;
  /** The address of the repository, if the input has one. */
  address?: string;
}

const remedy = 'Give its digest (sha256:…), its tag, or the output `image` of the step that pushed it.';

/** What to do with an image of another repository. */
export const promoteRemedy =
  'To copy it from there into `repository`, and to judge and release it here, set `mode: promote`.';

/** Reads which image is judged: a digest, a tag, or a reference that ends with one of them. */
export function readImage(
  reader: InputReader,
  { mode, repository, region }: { mode: Mode; repository: RepositoryInputs; region: string },
): JudgedImage | undefined {
  const text = reader.optional('image', () => undefined);
  if (mode === 'gate' && text === undefined) {
    reader.reject('image', '', { problem: 'is empty, and `mode: gate` judges an image', remedy });
  }
  if (text === undefined || mode === 'promote') return undefined;
  if (mode !== 'gate') {
    reader.reject('image', text, {
      problem: 'is an image that is there already, and this run builds one',
      remedy:
        'Set `mode: gate` to judge it, `mode: promote` to copy it from another repository, or leave it out.',
    });
    return undefined;
  }
  const parsed = parseImage(text, { repository, region });
  if ('value' in parsed) return parsed.value;
  reader.reject('image', text, parsed);
  return undefined;
}

function parseImage(
  text: string,
  { repository, region }: { repository: RepositoryInputs; region: string },
): { value: JudgedImage } | Problem {
  const { path, tag, digest } = partsOfImage(text);
  if (path !== undefined && !isSameRepository(repository, path)) {
    return {
      problem: `is an image of another repository than '${repository.name}'`,
      remedy: `${promoteRemedy} Else correct one of the two.`,
    };
  }
  const inputRegion = path === undefined ? undefined : addressOf(path).region;
  if (inputRegion !== undefined && region !== '' && inputRegion !== region) {
    return {
      problem: `is an image in ${inputRegion}, and this run looks in ${region}`,
      remedy: `${promoteRemedy} Else correct one of the two: \`image\` or \`aws-region\`.`,
    };
  }
  const name = imageNameIn({ tag, digest });
  if (name === undefined) return { problem: 'names no image', remedy };
  return { value: { name, ...(path !== undefined && { address: path }) } };
}

/** The name of an image by the parts of its reference; `undefined` where they name none. Its digest outranks its tag. */
export function imageNameIn({
  tag,
  digest,
}: {
  tag?: string | undefined;
  digest?: string | undefined;
}): ImageName | undefined {
  if (digest !== undefined) return { imageDigest: digest };
  return tag !== undefined && isTag(tag) ? { imageTag: tag } : undefined;
}

/** Whether an address names the repository. The name follows the host, and in ECR Public also the alias of the registry. */
function isSameRepository({ name, type, registryId, region }: RepositoryInputs, path: string): boolean {
  const address = addressOf(path);
  const rest = inLowerCase(path).replace(type === 'public' ? /^[^/]*\/[^/]*\// : /^[^/]*\//, '');
  const agrees = (one: string | undefined, other: string | undefined): boolean =>
    one === undefined || other === undefined || one === other;
  return rest === name && agrees(address.registryId, registryId) && agrees(address.region, region);
}

/** Whether an address is one of the repository, which may have several. The account is compared if the address names one. */
export function isAddressOf(
  address: string,
  { uri, registryId }: { uri: string; registryId: string },
): boolean {
  const account = addressOf(address).registryId;
  return account === undefined ? inLowerCase(address) === uri : account === registryId;
}
