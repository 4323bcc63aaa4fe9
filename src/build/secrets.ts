
/** A secret of the build, by where its value comes from. */
export type Secret = { id: string } & (
  { kind: 'value'; value: string } | { kind: 'variable'; variable: string } | { kind: 'file'; path: string }
);

/** The secrets that there is something to tell of: buildx refuses an empty one, as a pull request from a fork has them. */
export function toldSecrets({ secrets }: { secrets: readonly Secret[] }): Secret[] {
  return secrets.filter(secret => secret.kind !== 'value' || secret.value !== '');
}

/** What an empty secret may be called aloud: a line of Base64 that ends in one sign of equality looks like a name without a value. */
export function sayEmpty({ id }: Secret): string {
  const mayBeBase64 = id.length > 10 && id.length % 4 === 3 && /^[A-Za-z0-9]+$/.test(id);
  return mayBeBase64 ? 'A secret' : `The secret ${id}`;
}

/**
 * The values of `--secret`. A value itself travels in the environment of buildx alone.
 * https://docs.docker.com/reference/cli/docker/buildx/build/#secret
 */
export function secretArguments(build: { secrets: readonly Secret[] }): string[] {
  return toldSecrets(build).map((secret, index) => {
    const source = secret.kind === 'file' ? `src=${secret.path}` : `env=${variableOf(secret, index)}`;
    return [`id=${secret.id}`, source].map(csvField).join(',');
  });
}

/** The variables that {@link secretArguments} speaks of and the job does not have. */
export function secretEnvironment(build: { secrets: readonly Secret[] }): Record<string, string> {
  return Object.fromEntries(
    toldSecrets(build).flatMap((secret, index) =>
      secret.kind === 'value' ? [[variableOf(secret, index), secret.value]] : [],
    ),
  );
}

function variableOf(secret: Secret, index: number): string {
  return secret.kind === 'variable' ? secret.variable : `BUILD_SECRET_${index + 1}`;
}

/** buildx reads these values as CSV. */
function csvField(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
