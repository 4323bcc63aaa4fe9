import { parseArn } from '../aws/arn.ts';
import type { RepositoryAddress } from '../ecr/reference.ts';
import { parseRuleLines } from '../validation/csv-attributes.ts';
import type { Mode } from '../validation/mode.ts';
import type { InputReader } from '../validation/reader.ts';
import { parseDestination } from './parse-destination.ts';
import type { DestinationContext } from './parse-destination.ts';
import type { CopyInputs } from './plan.ts';

/** Destinations of one run. Each is looked at before the build, so that more of them would only wait for each other. */
const MAX_DESTINATIONS = 50;

interface ReadCopiesOptions extends DestinationContext {
  mode: Mode;
}

/** Reads where the image is copied to, a destination a line. */
export function readCopies(reader: InputReader, options: ReadCopiesOptions): CopyInputs[] {
  const lines = reader.read('copy-to', parseRuleLines, []);
  if (lines.length === 0) return [];
  const refuse = (value: string, problem: string, remedy: string): void =>
    reader.reject('copy-to', value, { problem, remedy });
  const given = lines.map(({ text }) => text).join('\n');
  if (options.mode === 'build') {
    refuse(
      given,
      'has no place in `mode: build`, which pushes a part of an image',
      'Give it to the step of `mode: merge`, which copies the whole image once it is judged.',
    );
    return [];
  }
  if (options.repository.type === 'public') {
    refuse(
      given,
      'copies from a private repository, and `repository` is one of ECR Public, whose API hands out no manifests',
      'Leave it out, or push to a private repository.',
    );
    return [];
  }
  if (lines.length > MAX_DESTINATIONS) {
    refuse(
      `${lines.length} lines`,
      'are too many destinations',
      `Give ${MAX_DESTINATIONS} at most, and copy to the others in a job of their own, by \`mode: gate\`.`,
    );
    return [];
  }
  const read = lines.flatMap(line => {
    const parsed = parseDestination(line, options);
    if ('value' in parsed) return [{ line, destination: parsed.value }];
    reader.reject('copy-to', line.text, parsed);
    return [];
  });
  const places = new Map([[placeOf(sourceOf(options), options), 'repository']]);
  for (const { line, destination } of read) {
    const place = placeOf(destination, options);
    const taken = places.get(place);
    if (taken === 'repository')
      refuse(line.text, 'is `repository` itself', 'Leave this line out: the image is there already.');
    else if (taken !== undefined)
      refuse(line.text, `is the same repository as '${taken}'`, 'Leave one of the two lines out.');
    else places.set(place, line.text);
  }
  return read.map(({ destination }) => destination);
}

function sourceOf({ repository, role }: ReadCopiesOptions): RepositoryAddress {
  return { ...repository, region: repository.region ?? role.region };
}

/** By which two destinations are told apart, as far as the inputs say where they are. */
function placeOf(
  { name, region, registryId }: Pick<RepositoryAddress, 'name' | 'region' | 'registryId'>,
  { role }: ReadCopiesOptions,
): string {
  const own = parseArn(role.arns.at(-1) ?? '').account ?? 'own';
  return [region, registryId ?? own, name].join(' ');
}
