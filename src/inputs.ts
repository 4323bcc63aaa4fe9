import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getInput } from '@actions/core';
import { Failure } from './platform/failure.ts';
import { readCommits } from './platform/git.ts';
import * as check from './rules/check.ts';
import { commitOf, meantBy } from './rules/commit.ts';
import type { Event } from './rules/commit.ts';
import { openDoor } from './rules/door.ts';
import type { Door } from './rules/door.ts';
import * as field from './rules/field.ts';
import { readGate, refuseOwnBaseline } from './rules/gate-inputs.ts';
import type { Commit, Inputs } from './rules/plan.ts';
import { readRepository, refuseOtherPlace, refuseScan } from './rules/repository-inputs.ts';
import { readRole } from './rules/role-inputs.ts';
import { readTags } from './rules/tags-inputs.ts';

/**
 * Reads every input of action.yml once.
 * @throws {Failure} naming all inputs that cannot be used.
 */
export async function readInputs(): Promise<Inputs> {
  const door = openDoor(getInput);
  const push = door.read('push', field.flagOf, true);
  const build = readBuild(door);
  const jobRegion = process.env['AWS_REGION'] || process.env['AWS_DEFAULT_REGION'];
  const repository = readRepository(door, { contentOf });
  const role = readRole(door, { push, jobRegion: repository.region ?? jobRegion, contentOf });
  refuseOtherPlace(door, repository, role);
  const gate = await readGate(door, {
    mode: 'all',
    textOf,
    matching: pattern => globSync(pattern).toSorted(),
  });
  if (push) refuseScan(door, repository, gate);
  refuseOwnBaseline(door, gate, { release: 'after-gate', image: undefined });
  const inputs: Inputs = {
    role,
    repository,
    build: { ...build, push },
    layers: {
      cache: door.read('cache', text => field.choiceOf(text, ['registry', 'off'] as const), 'registry'),
    },
    tags: readTags(door),
    gate,
    dryRun: door.read('dry-run', field.flagOf, false),
  };
  const refusal = door.close();
  if (refusal !== undefined) throw new Failure(refusal.message, { remedy: refusal.remedy });
  return inputs;
}

/** A text, or that of the file which it names. */
function contentOf(text: string): string {
  return textOf(text) ?? text;
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function readBuild(door: Door): Omit<Inputs['build'], 'push'> {
  const context = getInput('context') || '.';
  const file = getInput('file');
  const target = getInput('target');
  const isRemote = /^([a-z-]+:\/\/|git@|github\.com\/)/.test(context);
  const dockerfile = file || join(context, 'Dockerfile');
  if (!isRemote && !existsSync(context)) {
    door.fault('context', context, {
      problem: 'is not a folder of the workspace',
      remedy: 'Check the path, and that a step `uses: actions/checkout` comes before this one.',
    });
  } else if (!isRemote && !existsSync(dockerfile)) {
    door.fault(file ? 'file' : 'context', file || context, {
      problem: file ? 'does not exist in the workspace' : 'has no Dockerfile',
      remedy:
        'Give the path of the Dockerfile from the workspace in `file`, and check that a step `uses: actions/checkout` comes before this one.',
    });
  }
  return {
    context,
    ...(file && { file }),
    ...(target && { target }),
    platforms: door.list('platforms', field.itemsOf, check.platform),
    buildArgs: door.list('build-args', field.linesOf, check.assignment),
    labels: door.list('labels', field.linesOf, check.assignment),
  };
}

/**
 * Reads what is built from the runner's environment, the event and git, without an API call.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
export async function readCommit(): Promise<Commit> {
  const event = readEvent();
  const sha = meantBy(process.env, event);
  if (sha === '') {
    throw new Failure('GITHUB_SHA is not set, so there is no commit to name the image after.', {
      remedy: 'Run this as a step of a GitHub workflow.',
    });
  }
  const workspace = process.env['GITHUB_WORKSPACE'] ?? '.';
  const commits = await readCommits(workspace, sha);
  return commitOf(process.env, { event, ...commits, folders: {}, now: new Date() });
}

function readEvent(): Event {
  const path = process.env['GITHUB_EVENT_PATH'];
  if (!path || !existsSync(path)) return {};
  const event: Event = JSON.parse(readFileSync(path, 'utf8'));
  return event;
}
