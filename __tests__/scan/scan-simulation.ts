import { CreateRepositoryCommand, PutImageCommand } from '@aws-sdk/client-ecr';
import { openEcr } from '../../src/aws/ecr.ts';
import { openInspector } from '../../src/aws/inspector.ts';
import { makePlan } from '../../src/plan.ts';
import type { Repository } from '../../src/repository/repository.ts';
import type { ScanReport } from '../../src/scan/report.ts';
import { waitForScan } from '../../src/scan/wait-for-scan.ts';
import { storedImage } from '../ecr/stored-manifest.ts';
import { jobOf, simulatedClock } from '../in-process.ts';
import { commit, inputs } from '../sample.ts';
import { startAws } from '../world/aws/aws.ts';
import type { Aws } from '../world/aws/aws.ts';
import { allow, clientsOf, sampleImage } from '../world/aws/sample.ts';

/** What came of a wait: its report, what AWS was asked, and when by a clock that nobody waits for. */
export interface Simulation {
  report: ScanReport;
  /** Milliseconds from the push to the report. */
  took: number;
  calls: string[];
  log: string[];
}

export interface Setting {
  /** Tells the world how its scans go. */
  tell: (aws: Aws) => void;
  platforms?: string[];
  /** Without it everything of ECR. */
  actions?: string[];
  scanOnPush?: boolean;
  /** Milliseconds by which the scans of the push are older than the run, which then has found the image. */
  age?: number;
  /** Milliseconds. */
  timeout?: number;
  onTimeout?: 'fail' | 'warn' | 'ignore';
}

const name = 'team/app';

/** Runs the step as it is against ECR as it behaves, while minutes pass in no time; no more of them than a signature lasts. */
export async function simulate(setting: Setting): Promise<Simulation> {
  const { tell, platforms = ['linux/amd64'], actions = ['ecr:*'], scanOnPush = true } = setting;
  const clock = simulatedClock();
  await using aws = await startAws({ oidcProviders: [], now: () => new Date(clock.now()) });
  tell(aws);
  const images = await push(aws, { platforms, scanOnPush });
  aws.ecr.scans.age(setting.age ?? 0);
  const user = { accessKeyId: 'AKIAEXAMPLESCANNER', secretAccessKey: 'a/secret+of/a+scanner' };
  aws.iam.putUser({ name: 'scanner', ...user, policies: [allow(...actions)] });
  // As everybody who tests against a stand-in tells the SDK.
  process.env['AWS_ENDPOINT_URL'] = aws.url;
  const options = {
    credentials: () =>
      Promise.resolve({ ...user, sessionToken: '', expiration: new Date(clock.now() + 3_600_000) }),
    denied: (message: string) => message,
    signal: new AbortController().signal,
  };
  const { ecr } = await openEcr(aws.region, options);
  const [began, before, log] = [clock.now(), aws.requests.length, new Array<string>()];
  const report = await waitForScan(
    {
      job: jobOf(log),
      plan: {
        gate: {
          ...makePlan(inputs, commit).gate,
          timeout: setting.timeout ?? 240_000,
          lenience: { onTimeout: setting.onTimeout ?? 'fail', onUnscannable: 'fail' },
        },
      },
      tell: () => {},
    },
    { region: aws.region, ecr, inspector: () => openInspector(aws.region, options) },
    {
      repository: repositoryOf(aws, scanOnPush),
      image: { kind: setting.age === undefined ? 'built' : 'found' },
      manifest: () => Promise.resolve({ ...storedImage(), platforms: images }),
      clock,
    },
  );
  const calls = aws.requests.slice(before).map(({ operation }) => operation);
  return { report, took: clock.now() - began, calls, log };
}

async function push(
  aws: Aws,
  { platforms, scanOnPush }: { platforms: string[]; scanOnPush: boolean },
): Promise<{ platform: string; digest: string }[]> {
  const { ecr } = clientsOf(aws, 'ecr:*');
  const imageScanningConfiguration = { scanOnPush };
  await ecr.send(new CreateRepositoryCommand({ repositoryName: name, imageScanningConfiguration }));
  const images = platforms.map(platform => ({ platform, ...sampleImage(aws.ecr, name, { platform }) }));
  for (const { manifest: imageManifest } of images)
    await ecr.send(new PutImageCommand({ repositoryName: name, imageManifest }));
  return images.map(({ platform, digest }) => ({ platform, digest }));
}

function repositoryOf({ accountId, region }: Aws, scanOnPush: boolean): Repository {
  return {
    name,
    arn: `arn:aws:ecr:${region}:${accountId}:repository/${name}`,
    registryId: accountId,
    uri: `host/${name}`,
    mutability: { setting: 'MUTABLE', exclusions: [] },
    scanOnPush,
    encryption: { type: 'AES256' },
    madeBy: 'this run',
  };
}
