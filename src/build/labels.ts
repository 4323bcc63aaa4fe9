import type { Commit } from '../commit/commit.ts';
import type { Description } from '../image/description.ts';
import { renderGlobal } from '../tags/global-expressions.ts';
import { globalNames, parseTemplate } from '../tags/template.ts';
import type { Build } from './build.ts';

/**
 * What docker/metadata-action derives of a commit, but for `created`, which is the commit's time: with the present one
 * every build of the same would have another digest. What nobody says is left out.
 * https://github.com/opencontainers/image-spec/blob/main/annotations.md
 */
export function derive(
  { about, sha, committedAt }: Commit,
  version: string | undefined,
): Map<string, string> {
  const derived = {
    created: committedAt,
    description: about.description,
    licenses: about.license,
    revision: sha,
    source: about.url,
    title: about.name,
    url: about.url,
    version,
  };
  return new Map(
    Object.entries(derived).flatMap(([name, value]) =>
      value === undefined ? [] : [[`org.opencontainers.image.${name}`, value] as const],
    ),
  );
}

/** What the image says of itself: what is derived, and what the user gives instead or beside it. */
export function describeImage(
  { labels, annotations }: Pick<Build, 'labels' | 'annotations'>,
  derived: Map<string, string>,
  commit: Commit,
): Description {
  const ownLabels = labels.map(each => rendered(each, commit));
  const ownAnnotations = annotations.map(each => rendered(each, commit));
  return {
    labels: [...besides(ownLabels, derived), ...ownLabels.filter(each => !isRemoval(each, derived))],
    derivedAnnotations: besides(ownAnnotations.map(withoutKind), derived).map(each => `manifest:${each}`),
    annotations: ownAnnotations.filter(each => !isRemoval(withoutKind(each), derived)),
  };
}

/** The object that users of docker/metadata-action read with `fromJSON`. */
export function describedAsJson(
  description: Description | undefined,
  { references, tags }: { references: string[]; tags: string[] },
): string {
  const { labels = [], derivedAnnotations = [], annotations = [] } = description ?? {};
  return JSON.stringify({
    tags: references,
    'tag-names': tags,
    labels: Object.fromEntries(labels.map(each => [nameOf(each), each.slice(nameOf(each).length + 1)])),
    annotations: [...derivedAnnotations, ...annotations],
  });
}

function besides(own: readonly string[], derived: Map<string, string>): string[] {
  const given = new Set(own.map(nameOf));
  return Array.from(derived, ([name, value]) => `${name}=${value}`).filter(each => !given.has(nameOf(each)));
}

/** A derived name without a value is not wanted. */
function isRemoval(own: string, derived: Map<string, string>): boolean {
  return own.endsWith('=') && derived.has(nameOf(own));
}

/** What is said of every platform's manifest; `index:name=value` is about another thing. */
function withoutKind(annotation: string): string {
  const [, kinds = '', rest = ''] = /^([^=:]*):(.*)$/s.exec(annotation) ?? [];
  return kinds.split(',').includes('manifest') ? rest : annotation;
}

function nameOf(assignment: string): string {
  return assignment.split('=', 1)[0] ?? '';
}

/** docker/metadata-action's expressions; other braces are the text's own, as in a label that a template engine reads. */
function rendered(text: string, commit: Commit): string {
  const template = parseTemplate(text, globalNames);
  return 'value' in template ? renderGlobal(template.value, commit) : text;
}
