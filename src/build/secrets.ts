/** A secret of the build: a value, a variable of the job's environment, or the path of a file. */
export type Secret = { id: string } & (
  { kind: 'value'; value: string } | { kind: 'variable'; variable: string } | { kind: 'file'; path: string }
);

/** The secrets with a value. In a pull request from a fork secrets are empty, and buildx refuses an empty one. */
export function nonEmptySecrets({ secrets }: { secrets: readonly Secret[] }): Secret[] {
  return secrets.filter(secret => secret.kind !== 'value' || secret.value !== '');
}

/**
 * How the log names an empty secret. A line of Base64 that ends in `=` looks like an id without a value, so an id that
 * may be Base64 is not shown.
 */
export function nameOfEmptySecret({ id }: Secret): string {
  const mayBeBase64 = id.length > 10 && id.length % 4 === 3 && /^[A-Za-z0-9/]+$/.test(id);
  return mayBeBase64 ? 'A secret' : `The secret ${id}`;
}

/**
 * The values of buildx's `--secret`. The secrets themselves are passed only in buildx's environment or by their files.
 * https://docs.docker.com/reference/cli/docker/buildx/build/#secret
 */
export function secretArguments(build: { secrets: readonly Secret[] }): string[] {
  return nonEmptySecrets(build).map((secret, index) => {
    const source =
      secret.kind === 'file' ? `src=${secret.path}` : `env=${environmentVariableOf(secret, index)}`;
    return [`id=${secret.id}`, source].map(csvField).join(',');
  });
}

/** The environment variables that {@link secretArguments} refers to and that the job does not have, by name. */
export function secretEnvironment(build: { secrets: readonly Secret[] }): Record<string, string> {
  return Object.fromEntries(
    nonEmptySecrets(build).flatMap((secret, index) =>
      secret.kind === 'value' ? [[environmentVariableOf(secret, index), secret.value]] : [],
    ),
  );
}

function environmentVariableOf(secret: Secret, index: number): string {
  return secret.kind === 'variable' ? secret.variable : `BUILD_SECRET_${index + 1}`;
}

/** buildx reads these values as CSV. */
function csvField(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
