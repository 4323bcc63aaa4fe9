/** A known reason why a build or a push fails. docs/troubleshooting.md tells each one in these words. */
export interface Fault {
  /** Its heading in docs/troubleshooting.md. */
  name: string;
  /** Finds the error's own words. What comes before them differs between clients. */
  pattern: RegExp;
  /** Errors as BuildKit, buildx or the registry words them. */
  examples: string[];
  why: string;
  remedy: string;
}

/** A fault that was found; one without words of somebody else, such as silence, is in no table. */
export type FoundFault<Known extends Fault> = Omit<Known, 'pattern' | 'examples' | 'why'>;
