import { existsSync, globSync, readdirSync } from 'node:fs';
import { getInput } from '@actions/core';
import { foldersOf } from './build/contexts.ts';
import { hideCredentials, hideSecrets } from './build/hide-secrets.ts';
import { readBuild, readStallTimeout } from './build/inputs.ts';
import { pathsOf, pathsOfCaches } from './build/paths.ts';
import { hasOtherRepository, isCheckoutBelow, whyUnverified } from './build/verify-sources.ts';
import { pathsOfBuilder, readBuilder } from './builder/inputs.ts';
import { architectureOf } from './builder/plan.ts';
import { readMounts } from './cache-mounts/inputs.ts';
import { cacheServiceOf } from './cache/github-cache-access.ts';
import { readCache } from './cache/inputs.ts';
import { baseCommitOf } from './commit/base-commit.ts';
import { commitTagOf, platformTagOf } from './commit/commit-tag.ts';
import { commitOf, eventShaOf } from './commit/commit.ts';
import type { Commit } from './commit/commit.ts';
import { readEvent } from './commit/read-event.ts';
import { rejectInvalidVariables } from './commit/short-sha.ts';
import { isOpenToStrangers, refNamesOf } from './commit/strangers.ts';
import { jobUrlsOf } from './commit/urls.ts';
import { readCopies } from './copies/inputs.ts';
import type { BaseFiles } from './gate/base-files.ts';
import { refuseOwnBaseline } from './gate/baseline.ts';
import { readGate } from './gate/inputs.ts';
import { readCommits, readFolderShas } from './git/git.ts';
import { readImage } from './image/inputs.ts';
import { readLoginRegistries } from './image/login-inputs.ts';
import { readPlatformBuilds, refuseMisplacedInputs } from './merge/inputs.ts';
import type { Inputs } from './plan.ts';
import { annotate, maskIfLong, mask } from './platform/actions.ts';
import { Failure } from './platform/failure.ts';
import { ownValue } from './platform/own-value.ts';
import {
  isFile,
  leadsOut,
  outOfWorkspace,
  pathBelow,
  readTextFile,
  whyUnusable,
} from './platform/workspace.ts';
import { readPromotion } from './promote/inputs.ts';
import { readReplication, rejectUnseenReplication } from './replication/inputs.ts';
import {
  readLowered,
  readRepository,
  rejectOtherRegion,
  rejectScanOfPublic,
  withLocalName,
} from './repository/inputs.ts';
import { readReuse, refuseContentWithoutCache } from './reuse/inputs.ts';
import { readBaseRepositories } from './reuse/read-base-repositories.ts';
import { readRole } from './role/inputs.ts';
import { keyInputs } from './role/key-inputs.ts';
import { maskGivenAccounts } from './role/mask-account.ts';
import { hasNoIdentity, jobOf, pullRequestFactsOf } from './role/untrusted-job.ts';
import { commitAffixesOf } from './tags/flavor.ts';
import { readFlavor, readRelease, readTags, rejectCommitTag } from './tags/inputs.ts';
import { addressForTags } from './tags/references.ts';
import {
  buildInputReader,
  gateInputReader,
  dockerfileInputs,
  isBuildMode,
  readMode,
  repositoryInputReader,
} from './validation/mode.ts';
import { sayOtherActionsInputs } from './validation/other-actions-inputs.ts';
import * as parsers from './validation/parsers.ts';
import { readerOf } from './validation/reader.ts';

/**
 * Reads every input of action.yml once.
 * @throws {Failure} naming all inputs that cannot be used.
 */
export async function readInputs(): Promise<Inputs> {
  const reader = readerOf(getInput);
  const token = getInput('github-token');
  if (token !== '') mask(token);
  for (const input of keyInputs) maskIfLong(getInput(input));
  if (/[^!-~]/.test(token)) {
    reader.reject('github-token', '…', {
      problem: 'has a space, a line break or another character in it that no token has',
      remedy: 'Give the token alone, such as ${{ github.token }}.',
    });
  }
  const mode = readMode(reader);
  const buildReader = buildInputReader(
    mode,
    reader,
    mode === 'merge' ? ['platforms', 'annotations', ...dockerfileInputs] : dockerfileInputs,
  );
  const push = buildReader.read('push', parsers.parseBoolean, true);
  const jobRegion = process.env['AWS_REGION'] || process.env['AWS_DEFAULT_REGION'];
  const job = jobOf(process.env);
  const addresses = jobUrlsOf(process.env);
  const architecture = architectureOf(process.env);
  // A job without access to AWS may also lack the variables with the role and the repository, so faults in these inputs are
  // collected by a reader that is never reported.
  const discardingReader = readerOf(getInput);
  const roleContext = { environment: process.env, contentOf };
  const givenRole = readRole(discardingReader, { callsAws: false, jobRegion, ...roleContext });
  const callsAws = push || (isBuildMode(mode) && getInput('login-registries') !== '');
  const lacksIdentity =
    callsAws &&
    hasNoIdentity(
      job,
      givenRole,
      pullRequestFactsOf(process.env, readEvent(process.env['GITHUB_EVENT_PATH'])),
    );
  const awsReader = lacksIdentity ? discardingReader : reader;
  const givenRepository = readRepository(repositoryInputReader(mode, awsReader), {
    contentOf,
    env: process.env,
  });
  const lowered = readLowered(discardingReader);
  const repository = {
    ...(lacksIdentity
      ? withLocalName(givenRepository, process.env['GITHUB_REPOSITORY'] ?? '')
      : givenRepository),
    ...(lowered.length > 0 && { lowered }),
  };
  const role = lacksIdentity
    ? givenRole
    : readRole(reader, { callsAws, jobRegion: repository.region ?? jobRegion, ...roleContext });
  if (role.masksAccountId) maskGivenAccounts(getInput);
  rejectOtherRegion(awsReader, repository, role);
  const image = readImage(awsReader, { mode, repository, region: role.region });
  const promotion = readPromotion(awsReader, { mode, repository, role });
  const dryRun = reader.read('dry-run', parsers.parseBoolean, false);
  const judges = push && !lacksIdentity && mode !== 'build';
  const gate = await readGate(gateInputReader(mode, reader), {
    mode,
    workspace: {
      textOf: path => (leadsOut(path) ? outOfWorkspace : readTextFile(path)),
      matching: pattern => globSync(pattern).filter(isFile).toSorted(),
    },
    pathInCommit: path => pathBelow(process.env['GITHUB_WORKSPACE'] || '.', path),
    openBase: judges ? () => openBaseOfEvent({ token, mayAsk: !dryRun }) : undefined,
  });
  if (push) rejectScanOfPublic(reader, repository, gate);
  const replication = readReplication(reader, mode);
  if (push && !lacksIdentity)
    rejectUnseenReplication(reader, replication, { ...repository, roleArn: role.arns.at(-1) });
  const release = readRelease(buildReader);
  const affixes = commitAffixesOf(readFlavor(discardingReader));
  const commitTag = commitTagOf(process.env['GITHUB_SHA'] ?? '', affixes);
  // What is promoted comes without a tag, so that a baseline by its tag is another image.
  if (mode !== 'promote') refuseOwnBaseline(reader, gate, { release, image, commitTag });
  const builds = isBuildMode(mode);
  // A dry run in an empty folder, `mode: gate`, `merge` and `promote` need no checkout, so the existence of files is not checked.
  const mayLackFiles = !builds || (dryRun && readdirSync('.').length === 0);
  const exists = mayLackFiles ? () => true : existsSync;
  rejectInvalidVariables(reader, process.env);
  const build = hideSecrets(
    readBuild(buildReader, { mode, push, exists, jobValue, architecture, hide: maskIfLong, ...addresses }),
    jobValue,
  );
  const builder = await readBuilder(buildReader, { exists, jobValue, hide: maskIfLong });
  refuseMisplacedInputs(reader, { mode, build, builder, release });
  const inputs: Inputs = {
    job,
    mode,
    push,
    role,
    repository,
    build,
    stallTimeoutMs: readStallTimeout(buildReader),
    builder,
    layers: readCache(buildReader, {
      service: cacheServiceOf(process.env),
      architecture,
      repository,
      role,
      hide: maskIfLong,
    }),
    mounts: readMounts(buildReader),
    tags: readTags(reader, {
      ...(!lacksIdentity && { repository: addressForTags(repository, role) }),
      refs: refNamesOf(process.env, readEvent(process.env['GITHUB_EVENT_PATH'])),
    }),
    reuse: readReuse(buildReader),
    release,
    allowForkHead: buildReader.read('allow-fork-head', parsers.parseBoolean, false),
    dockerLogin: buildReader.read('docker-login', parsers.parseBoolean, true),
    baseRepositories: builds ? await readBaseRepositories(build, architecture) : [],
    loginRegistries: readLoginRegistries(buildInputReader(mode, awsReader), role),
    ...(image !== undefined && { image }),
    ...(promotion !== undefined && { promotion }),
    platformBuilds: readPlatformBuilds(reader, { mode, type: repository.type }),
    gate,
    copies: readCopies(awsReader, { mode, repository, role, contentOf }),
    replication,
    dryRun,
  };
  const paths = [
    // Where nothing is built, what lies in the workspace is nobody's context.
    ...(builds ? pathsOf(build) : []),
    ...pathsOfBuilder(builder),
    ...pathsOfCaches(inputs.layers.from, inputs.layers.to),
  ];
  for (const { input, path, use } of paths) {
    const problem = leadsOut(path) ? outOfWorkspace : use && whyUnusable(path, use);
    if (problem !== undefined) reader.reject(input, path, problem);
  }
  hideCredentials(
    [builder, inputs.layers.from, inputs.layers.to, role.proxy].map(each => JSON.stringify(each ?? '')),
  );
  refuseContentWithoutCache(reader, inputs);
  const platforms = build.platforms.length > 0 ? build.platforms : [`linux/${inputs.layers.architecture}`];
  const pushedTag = mode === 'build' ? platformTagOf(commitTag, platforms) : commitTag;
  if (mode !== 'gate' && mode !== 'promote') rejectCommitTag(reader, affixes, pushedTag);
  const advice = sayOtherActionsInputs(getInput, process.env);
  if (advice !== undefined) annotate.notice(advice, { title: 'Inputs of other actions' });
  const refusal = reader.close();
  if (refusal !== undefined) throw new Failure(refusal.message, { remedy: refusal.remedy });
  return inputs;
}

/** Opens the commit that the event goes on, with its files. */
async function openBaseOfEvent(options: { token: string; mayAsk: boolean }): Promise<BaseFiles> {
  const { openBase } = await import('./gate/base-files.ts');
  return openBase({
    base: baseCommitOf(process.env, readEvent(process.env['GITHUB_EVENT_PATH'])),
    workspace: process.env['GITHUB_WORKSPACE'] ?? '.',
    repository: process.env['GITHUB_REPOSITORY'] ?? '',
    ...options,
  });
}

function jobValue(name: string): string | undefined {
  return ownValue(process.env, name);
}

/** The content of the file that the text names, or else the text itself. */
function contentOf(text: string): parsers.Parsed<string> {
  const content = readTextFile(text) ?? text;
  return typeof content === 'string' ? { value: content } : content;
}

/**
 * Reads the commit from the runner's environment, the event and git, without an API call.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 * @throws {Failure} where `GITHUB_SHA` is not set.
 */
export async function readCommit({ mode, build, dryRun }: Inputs): Promise<Commit> {
  const event = readEvent(process.env['GITHUB_EVENT_PATH']);
  const sha = eventShaOf(process.env, event);
  if (sha === '') {
    throw new Failure('GITHUB_SHA is not set, so there is no commit to name the image after.', {
      remedy: 'Run this as a step of a GitHub workflow.',
    });
  }
  const workspace = process.env['GITHUB_WORKSPACE'] ?? '.';
  const [commits, folders] = await Promise.all([
    readCommits(workspace, sha),
    readFolderShas(workspace, foldersOf(build)),
  ]);
  const hasFiles = !(dryRun && readdirSync('.').length === 0);
  const isInQuestion = isBuildMode(mode) && hasFiles && isOpenToStrangers(process.env, event);
  const checkout = { workspace, sha: commits.checkedOut?.sha ?? process.env['GITHUB_SHA'] ?? '' };
  const addresses = jobUrlsOf(process.env);
  const isElsewhere = hasOtherRepository(build, workspace);
  // A push writes its caches anyway, and where anybody can cause the event, the workspace itself has to be proven.
  const isAsked = isElsewhere && process.env['GITHUB_EVENT_NAME'] !== 'push' && !isInQuestion;
  const own = { workspace, sha: process.env['GITHUB_SHA'] ?? '', ...addresses };
  return commitOf(process.env, {
    event,
    ...commits,
    folders,
    hasOtherRepository: isElsewhere && !(isAsked && (await isCheckoutBelow(build, own))),
    unverified: isInQuestion ? await whyUnverified(build, { ...checkout, ...addresses }) : undefined,
    now: new Date(),
  });
}
