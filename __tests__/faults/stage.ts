import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageScanFinding } from '@aws-sdk/client-ecr';
import type { Run, RunOptions } from '../world/github/runner.ts';
import { allow, startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';

/** A run that is ready to start, and what it is going to change. */
export interface Scene {
  options: Partial<RunOptions>;
  /** The repositories that it makes or changes, in the private registry and in ECR Public. */
  repositories: string[];
  /** Tags of the first repository that the run puts on its image. */
  tags: string[];
  /** Those of them that promise something: they may be there only where the image was allowed to pass. */
  releases: string[];
  /** Whether a green run has a verdict. */
  isJudged: boolean;
  /** Number of the pull request that it comments on. */
  pullRequest?: number;
  /** What is new in each run, by the words that stand in its place where two runs are compared. */
  names: Record<string, string>;
}

/** What a job does, and what was there before. */
export interface Scenario {
  name: string;
  /** What it is about, for the table. */
  title: string;
  /** The calls that faults are tried at; all where it is left out. What other scenarios do just so is tried there. */
  calls?: RegExp;
  /** How it ends without a fault; `success` if not said. */
  end?: Run['outcome'];
  /** Brings a world into the state that each run of the scenario begins with; what it returns makes the next run. */
  open(stage: Stage): Promise<(id: string) => Promise<Scene>>;
}

/** A world that many runs share: each has a repository or a commit of its own. */
export interface Stage extends AsyncDisposable {
  world: World;
  /** Names that nobody else has. */
  newId(): string;
  /** `RUNNER_TEMP` of all runs, as on runners of one kind: archives of the cache are known by its path. */
  temp: string;
  /** A checkout whose one file no other has, so that a layer is always pushed. */
  checkout(id: string): Promise<string>;
  /** A run that has to succeed, for what is there before. */
  prepare(options: Partial<RunOptions>): Promise<Run>;
}

/** Names of the roles that a chain goes through after the one of every run. */
export const chained = 'arn:aws:iam::123456789012:role/push';

export async function openStage(): Promise<Stage> {
  const policies = [allow('ecr:*', 'ecr-public:*', 'sts:*')];
  const world = await startWorld({ policies });
  tellScans(world);
  world.aws.iam.putRole({
    name: 'push',
    trustPolicy: {
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: world.roleArn },
        Action: ['sts:AssumeRole', 'sts:TagSession'],
      },
    },
    policies,
  });
  const own = randomUUID().slice(0, 8);
  const temp = join(world.scratch, 'runner-temp');
  await mkdir(temp);
  let count = 0;
  return {
    world,
    temp,
    newId: () => `${own}-${++count}`,
    async checkout(id) {
      const workspace = await mkdtemp(join(world.scratch, 'app-'));
      await mkdir(join(workspace, 'app'));
      const dockerfile = `FROM ${world.baseImage}\nCOPY greeting /greeting\n`;
      await writeFile(join(workspace, 'app', 'Dockerfile'), dockerfile);
      await writeFile(join(workspace, 'app', 'greeting'), `Good evening, ${id}.\n`);
      return workspace;
    },
    async prepare(options) {
      const run = await world.run({ ...options, temp });
      await emptyFolder(temp);
      if (run.outcome !== 'success') throw new Error(`What should be there before failed.\n${run.log}`);
      return run;
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

/** Removes what is in a folder. */
export async function emptyFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
}

/** The commit of a run. */
export function commitOf(id: string): string {
  return createHash('sha1').update(id).digest('hex');
}

/** What every run has, unless a scenario says otherwise. */
export const common = { context: 'app', 'build-args': '', cache: 'off', 'stall-timeout': '20s' };

function tellScans({ aws }: World): void {
  const tell = (story: string, findings: ImageScanFinding[], timing = {}): void =>
    aws.ecr.scans.tell({ match: { labels: { story } }, findings, ...timing });
  aws.ecr.scans.default = { findings: [finding('CVE-2023-42363', 'MEDIUM')] };
  tell('critical', [finding('CVE-2022-48174', 'CRITICAL'), finding('CVE-2023-42363', 'MEDIUM')]);
  tell('known', [finding('CVE-2022-48174', 'CRITICAL')]);
  tell('pending', [finding('CVE-2023-42363', 'MEDIUM')], { scanNotFoundForMs: 500, durationMs: 1_500 });
}

function finding(name: string, severity: 'CRITICAL' | 'MEDIUM'): ImageScanFinding {
  const attributes = [
    { key: 'package_name', value: 'busybox' },
    { key: 'package_version', value: '1.35.0' },
  ];
  return { name, severity, uri: `https://nvd.nist.gov/vuln/detail/${name}`, attributes };
}
