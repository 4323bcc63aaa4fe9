/** What stands before the name of an annotation: the things that it is put on. https://docs.docker.com/build/metadata/annotations/#annotation-level */
const kinds = /^((?:manifest|index|manifest-descriptor|index-descriptor)(?:\[[^\]]+\])?(?:,|:))+/;

/** Whether it is for the index itself, which a part of an image does not have yet. */
export function isOnIndex(annotation: string): boolean {
  return /(^|,)index(-descriptor)?\b/.test(kinds.exec(annotation)?.[0] ?? '');
}

/** Whether it is for the index and for nothing else. */
export function isOnIndexAlone(annotation: string): boolean {
  return annotation.startsWith('index:');
}

/** Annotations of an index by name, of `index:name=value`. */
export function indexAnnotations(annotations: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    annotations.filter(isOnIndexAlone).map(each => {
      const [name = '', ...value] = each.slice('index:'.length).split('=');
      return [name, value.join('=')];
    }),
  );
}
