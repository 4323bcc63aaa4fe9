/** The levels before the name of an annotation, such as `index:` or `manifest[linux/amd64],index:`. https://docs.docker.com/build/metadata/annotations/#annotation-level */
const levelPrefix = /^((?:manifest|index|manifest-descriptor|index-descriptor)(?:\[[^\]]+\])?(?:,|:))+/;

/** Whether an annotation is for the index or its descriptor, whatever else it is for. The image of a single platform has no index. */
export function isForIndex(annotation: string): boolean {
  return /(^|,)index(-descriptor)?\b/.test(levelPrefix.exec(annotation)?.[0] ?? '');
}

/** Whether an annotation is for the index alone. */
export function isForIndexOnly(annotation: string): boolean {
  return annotation.startsWith('index:');
}

/** An annotation with its level. One without is the manifest's. */
export function withLevel(annotation: string): string {
  return levelPrefix.test(annotation) ? annotation : `manifest:${annotation}`;
}

/** The values of the annotations `index:name=value`, by name. Other annotations are left out. */
export function indexAnnotations(annotations: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    annotations.filter(isForIndexOnly).map(each => {
      const [name = '', ...value] = each.slice('index:'.length).split('=');
      return [name, value.join('=')];
    }),
  );
}
