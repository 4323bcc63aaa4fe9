/** What to write in place of an input that another action has and this one does not. */
export interface Replacement {
  /** The action that has the input, as `uses` names it. */
  action: string;
  /** What does the same here, as a part of a sentence after a colon. */
  instead: string;
}

const credentials = 'aws-actions/configure-aws-credentials';
const login = 'aws-actions/amazon-ecr-login';
const metadata = 'docker/metadata-action';
const builder = 'docker/setup-buildx-action';
const build = 'docker/build-push-action';

const ownProfile = "`AWS_PROFILE` in the step's `env` reads a profile; none is written";
const ownRetries = 'leave it out; calls are repeated where that can help';
const ownBuilder = `make the builder by a step \`${builder}\` before this one`;
const oneOutput =
  "outputs have one item a line; an expression such as `join(fromJSON(steps.image.outputs.json).tags, ',')` makes another list";

/**
 * Inputs of the five actions that workflows with this one used before, which this one does not have. The runner hands them to the
 * step all the same. Versions: configure-aws-credentials 6.2, amazon-ecr-login 2.1, metadata-action 6.2, setup-buildx-action 4.3,
 * build-push-action 7.3, each by its action.yml, and three that older versions of setup-buildx-action had.
 */
export const inputsOfOtherActions: Readonly<Record<string, Replacement>> = {
  'action-timeout-s': { action: credentials, instead: 'set `timeout-minutes` of the step' },
  'aws-profile': { action: credentials, instead: ownProfile },
  'disable-retry': { action: credentials, instead: ownRetries },
  'force-skip-oidc': {
    action: credentials,
    instead: 'leave `role-to-assume` out, or set `role-chaining: true`',
  },
  'output-credentials': {
    action: credentials,
    instead: 'keys are no outputs; `output-env-credentials: true` gives them to later steps',
  },
  'overwrite-aws-profile': { action: credentials, instead: ownProfile },
  'retry-max-attempts': { action: credentials, instead: ownRetries },
  'special-characters-workaround': {
    action: credentials,
    instead: 'leave it out; the keys go into no shell',
  },
  'sts-endpoint': { action: credentials, instead: "set `AWS_ENDPOINT_URL_STS` in the step's `env`" },
  'unset-current-credentials': {
    action: credentials,
    instead: "leave it out; by OIDC the job's keys are not used",
  },
  'use-existing-credentials': {
    action: credentials,
    instead: 'leave `role-to-assume` out; the credentials of the job are used then',
  },
  'web-identity-token-file': {
    action: credentials,
    instead:
      "leave `role-to-assume` out, and set `AWS_WEB_IDENTITY_TOKEN_FILE` and `AWS_ROLE_ARN` in the step's `env`",
  },
  'mask-password': { action: login, instead: 'leave it out; the password is masked and is no output' },
  registries: {
    action: login,
    instead:
      '`registry-id` for the registry that is pushed to, and `login-registries` for those of base images',
  },
  'skip-logout': { action: login, instead: "`docker-login: false` leaves the job's docker alone" },
  'bake-target': { action: metadata, instead: 'leave it out; there are no bake files' },
  images: {
    action: metadata,
    instead:
      '`repository` names the one repository; `if:` of the step does what `enable=` does, and another repository has a step of its own',
  },
  'sep-annotations': { action: metadata, instead: oneOutput },
  'sep-labels': { action: metadata, instead: oneOutput },
  'sep-tags': { action: metadata, instead: oneOutput },
  'buildkitd-config': { action: builder, instead: 'give the text of the file to `buildkitd-config-inline`' },
  config: { action: builder, instead: 'give the text of the file to `buildkitd-config-inline`' },
  'config-inline': { action: builder, instead: '`buildkitd-config-inline`' },
  'buildkitd-flags': { action: builder, instead: ownBuilder },
  'cache-binary': { action: builder, instead: "leave it out; the machine's own buildx is used" },
  cleanup: { action: builder, instead: 'leave it out; a builder that the step has made is removed' },
  install: { action: builder, instead: 'leave it out; the step calls buildx itself' },
  'keep-state': { action: builder, instead: ownBuilder },
  name: { action: builder, instead: '`builder` names a builder that is there' },
  use: { action: builder, instead: 'leave it out; a builder that the step has made is for this step alone' },
  version: { action: builder, instead: ownBuilder },
  call: {
    action: build,
    instead: 'run `docker buildx build --call=…` in a step of its own; this one builds',
  },
};

/** Variables by which docker/metadata-action is set up and which mean nothing here, where they are `true` or a list. */
const variables: Readonly<
  Record<string, { isMeant: (value: string, event: string) => boolean; instead: string }>
> = {
  DOCKER_METADATA_SET_OUTPUT_ENV: {
    isMeant: value => isTrue(value),
    instead: 'read the outputs of the step; no variables are set',
  },
  DOCKER_METADATA_PR_HEAD_SHA: {
    isMeant: (value, event) => isTrue(value) && event === 'pull_request_target',
    instead:
      'what is checked out is what is meant; a pull request that is built as `pull_request` is its head',
  },
  DOCKER_METADATA_ANNOTATIONS_LEVELS: {
    isMeant: value => value !== '' && value !== 'manifest',
    instead: 'write the level before the name in `annotations`, such as `index:name=value`',
  },
};

function isTrue(value: string): boolean {
  return /^(true|1|t)$/i.test(value);
}

/**
 * What to write in place of the inputs and variables of other actions that the step was given, as one text; `undefined` where it
 * was given none. `inputOf` answers the text of an input, which is empty where it was not given.
 */
export function sayOtherActionsInputs(
  inputOf: (input: string) => string,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const inputs = Object.entries(inputsOfOtherActions)
    .filter(([name]) => inputOf(name) !== '')
    .map(([name, { action, instead }]) => `- \`${name}\` of ${action}: ${instead}.`);
  const event = environment['GITHUB_EVENT_NAME'] ?? '';
  const set = Object.entries(variables)
    .filter(([name, { isMeant }]) => isMeant(environment[name] ?? '', event))
    .map(([name, { instead }]) => `- \`${name}\`: ${instead}.`);
  const told = [...inputs, ...set];
  return told.length === 0
    ? undefined
    : ['What belongs to other actions has no effect here. What to write in its place:', ...told].join('\n');
}
