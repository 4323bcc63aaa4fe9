import type { Commit } from '../commit/commit.ts';
import type { Description } from '../image/description.ts';
import { renderGlobal } from '../tags/global-expressions.ts';
import { globalNames, parseTemplate } from '../tags/template.ts';
import { withLevel } from './annotation-levels.ts';
import type { Build } from './build.ts';

/**
 * The values that docker/metadata-action derives from a commit, by the name of the label. `created` is the commit's time
 * and not the present one, so that builds of the same commit have the same digest. Values that are unknown are left out.
 * https://github.com/opencontainers/image-spec/blob/main/annotations.md
 */
export function deriveFromCommit(
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

/**
 * Labels and annotations of the image: derived ones, unless the user gives the same name, and the user's own, of which the last of a
 * name counts.
 */
export function describeImage(
  { labels, annotations }: Pick<Build, 'labels' | 'annotations'>,
  derived: Map<string, string>,
  commit: Commit,
): Description {
  const ownLabels = lastOfEach(labels, assignmentName).map(each => renderExpressions(each, commit));
  const ownAnnotations = lastOfEach(annotations, each => assignmentName(withLevel(each))).map(each =>
    renderExpressions(each, commit),
  );
  return {
    labels: [...withoutGiven(ownLabels, derived), ...ownLabels.filter(each => !isRemoval(each, derived))],
    derivedAnnotations: withoutGiven(ownAnnotations.map(withoutKind), derived).map(
      each => `manifest:${each}`,
    ),
    annotations: ownAnnotations.filter(each => !isRemoval(withoutKind(each), derived)),
  };
}

/** The JSON object that users of docker/metadata-action read with `fromJSON`: tags, labels and annotations. */
export function descriptionAsJson(
  description: Description | undefined,
  { references, tags }: { references: string[]; tags: string[] },
): string {
  const { labels = [] } = description ?? {};
  return JSON.stringify({
    tags: references,
    'tag-names': tags,
    labels: Object.fromEntries(
      labels.map(each => [assignmentName(each), each.slice(assignmentName(each).length + 1)]),
    ),
    annotations: annotationsOf(description),
  });
}

/** All annotations of an image with their levels, as docker/metadata-action writes them. */
export function annotationsOf(description: Description | undefined): string[] {
  const { derivedAnnotations = [], annotations = [] } = description ?? {};
  return [...derivedAnnotations, ...annotations].map(withLevel);
}

function lastOfEach(items: readonly string[], nameOf: (item: string) => string): string[] {
  return [...new Map(items.map(each => [nameOf(each), each])).values()];
}

function withoutGiven(own: readonly string[], derived: Map<string, string>): string[] {
  const given = new Set(own.map(assignmentName));
  return Array.from(derived, ([name, value]) => `${name}=${value}`).filter(
    each => !given.has(assignmentName(each)),
  );
}

/** A user removes a derived label by giving its name without a value. */
function isRemoval(own: string, derived: Map<string, string>): boolean {
  return own.endsWith('=') && derived.has(assignmentName(own));
}

/** `name=value` without its level where it is for the manifests. One for the index alone stays as it is. */
function withoutKind(annotation: string): string {
  const [, kinds = '', rest = ''] = /^([^=:]*):(.*)$/s.exec(annotation) ?? [];
  return kinds.split(',').includes('manifest') ? rest : annotation;
}

function assignmentName(assignment: string): string {
  return assignment.split('=', 1)[0] ?? '';
}

/** Fills in docker/metadata-action's expressions. A text with other braces, as for a template engine, stays as it is. */
function renderExpressions(text: string, commit: Commit): string {
  const template = parseTemplate(text, globalNames);
  return 'value' in template ? renderGlobal(template.value, commit) : text;
}
