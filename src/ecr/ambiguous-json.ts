import { visit } from 'jsonc-parser';

/**
 * The members of an object that Go reads into a struct, by their exact names, each with the members of its own value. In `free`
 * values, such as annotations, every name is allowed. An array stands for its elements.
 */
export interface Struct {
  readonly [member: string]: Struct | 'free';
}

/** A member that two programs may read differently. */
export type AmbiguousMember =
  /** The object has two members of this name: some programs take the first, others the last. */
  | { kind: 'repeated'; path: string }
  /** Go's decoder reads the member as `readAs`, another member of the struct. */
  | { kind: 'variant'; path: string; readAs: string }
  /** Values are nested deeper than any program needs. */
  | { kind: 'too deep'; path: string };

/** The deepest nesting: a manifest needs 5 levels. Go allows 10,000. */
const MAX_DEPTH = 100;

/**
 * The first member of a JSON text by which programs may read different values from the same bytes: an object has a name twice, or
 * a struct has a name in another case. `JSON.parse` keeps the last of two equal names and takes each name literally; Go's decoder
 * ignores case when it fills a struct. https://pkg.go.dev/encoding/json#Unmarshal
 */
export function findAmbiguousMember(json: string, struct: Struct): AmbiguousMember | undefined {
  let found: AmbiguousMember | undefined;
  const objects: Set<string>[] = [];
  let depth = 0;
  const enter = (path: () => Segment[]): boolean => {
    depth += 1;
    if (depth > MAX_DEPTH) found ??= { kind: 'too deep', path: sayPath(path().slice(0, 3)) };
    return found === undefined;
  };
  try {
    visit(json, {
      onObjectBegin(_offset, _length, _line, _column, path) {
        objects.push(new Set());
        return enter(path);
      },
      onObjectEnd() {
        objects.pop();
        depth -= 1;
      },
      onArrayBegin: (_offset, _length, _line, _column, path) => enter(path),
      onArrayEnd() {
        depth -= 1;
      },
      onObjectProperty(name, _offset, _length, _line, _column, path) {
        // Go replaces half of a surrogate pair by U+FFFD, so that two such names can become equal.
        const wellFormed = name.toWellFormed();
        const isRepeated = objects.at(-1)?.has(wellFormed) ?? false;
        objects.at(-1)?.add(wellFormed);
        if (found !== undefined) return;
        const readAs = otherNameOf(name, structAt(path(), struct));
        if (isRepeated) found = { kind: 'repeated', path: sayPath([...path(), name]) };
        else if (readAs !== undefined) found = { kind: 'variant', path: sayPath([...path(), name]), readAs };
      },
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    found ??= { kind: 'too deep', path: '' };
  }
  return found;
}

type Segment = string | number;

function structAt(path: readonly Segment[], struct: Struct): Struct | 'free' {
  let at: Struct | 'free' = struct;
  for (const segment of path) {
    if (typeof segment === 'number') continue;
    if (at === 'free') return at;
    at = Object.hasOwn(at, segment) ? (at[segment] ?? 'free') : 'free';
  }
  return at;
}

/** The member of the struct that Go takes this name for; `undefined` where that is the name itself or none. */
function otherNameOf(name: string, struct: Struct | 'free'): string | undefined {
  if (struct === 'free' || Object.hasOwn(struct, name)) return undefined;
  return Object.keys(struct).find(each => fold(each) === fold(name));
}

/**
 * Folds the case as Go does. Of the letters that are not ASCII, two fold to one that is: the long s (U+017F) and the Kelvin sign
 * (U+212A), whose lower case is k. https://github.com/golang/go/blob/master/src/encoding/json/fold.go
 */
function fold(name: string): string {
  return name.toLowerCase().replaceAll('\u017F', 's');
}

/** `manifests[0].platform`. A name from outside is cut to 100 characters. */
function sayPath(path: readonly Segment[]): string {
  return path
    .map((each, at) => {
      if (typeof each === 'number') return `[${each}]`;
      return `${at === 0 ? '' : '.'}${each.slice(0, 100)}`;
    })
    .join('');
}
