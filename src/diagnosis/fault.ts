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

/**
 * What to do where a builder does not trust who signed a registry's certificate. The variables are those of AWS's SDK and of Node.
 * https://docs.docker.com/build/buildkit/toml-configuration/ https://docs.docker.com/engine/security/certificates/
 */
export const certificateRemedy =
  'Give the authority\'s certificate to the builder: for `driver: docker-container` by `ca = ["/path/to/ca.pem"]` below `[registry."HOST"]` in `buildkitd-config-inline`, for the builder of the engine as `/etc/docker/certs.d/HOST/ca.crt` on its machine. AWS_CA_BUNDLE and NODE_EXTRA_CA_CERTS are for the calls of this step itself: neither docker nor BuildKit reads them.';
