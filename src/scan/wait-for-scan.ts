import type { Aws } from '../aws/aws.ts';
import { openCoverage } from '../aws/inspector.ts';
import { checkPlatforms } from '../image/check-platforms.ts';
import { isJustPushed, isPutByRun } from '../image/image.ts';
import type { Manifest } from '../image/image.ts';
import { clock as realClock } from '../platform/poll.ts';
import type { Clock } from '../platform/poll.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { Repository } from '../repository/repository.ts';
import { formatTopFindings } from './findings.ts';
import type { Lenience, ScanInputs } from './inputs.ts';
import { reportOf } from './merge-platforms.ts';
import { awaitPlatformScan } from './await-platform-scan.ts';
import type { ScanReport } from './report.ts';
import { openScanning } from './scan-api.ts';
import { sayCounts } from './severity.ts';

const mayNotAsk =
  'The role may not ask which scanning the registry has (ecr:GetRegistryScanningConfiguration, in its own account alone).';

const mayNotAskInspector =
  'Inspector does not tell this role when its scan is over (inspector2:ListCoverage): its findings are believed when they stay the same.';

interface ScanParts {
  gate: Pick<ScanInputs, 'wait' | 'timeout'> & { lenience: Lenience };
}

interface WaitForScanOptions {
  title?: string;
  repository: Repository;
  image: Parameters<typeof isJustPushed>[0];
  manifest: () => Promise<Manifest>;
  clock?: Clock;
}

/** Waits until every platform has been scanned; an index itself is never scanned by ECR. */
export function waitForScan(
  { job, plan: { gate } }: RunOf<ScanParts>,
  aws: Aws,
  { title = 'Wait for the scan', repository, image, manifest, clock = realClock }: WaitForScanOptions,
): Promise<ScanReport> {
  return job.step(title, async log => {
    if (!gate.wait) {
      log.result('Not awaited (`wait-for-scan: false`)');
      return { kind: 'unawaited' };
    }
    const group = new AbortController();
    const wait = {
      aws,
      log,
      repository,
      clock,
      isFresh: isPutByRun(image),
      isPushed: isJustPushed(image),
      scanning: openScanning(aws.ecr, {
        account: repository.registryId,
        onDenied: () => log.info(mayNotAsk),
      }),
      isCovered: openCoverage(aws.inspector, {
        repositoryArn: repository.arn,
        onDenied: () => log.info(mayNotAskInspector),
      }),
      timeout: gate.timeout,
      signal: AbortSignal.any([job.signal, group.signal]),
    };
    const index = await manifest();
    // What this run has built is known. Of any other image the scan and docker must read the same.
    const checking = image.kind === 'built' ? undefined : checkPlatforms(aws, repository, index);
    // If waiting for one platform throws, waiting for the others ends as well.
    const scanning = index.platforms.map(platform => awaitPlatformScan(wait, platform));
    const [scans] = await Promise.all([Promise.all(scanning), checking]).finally(() => group.abort());
    const report = reportOf(scans, gate.lenience);
    if (report.kind === 'scanned') for (const line of formatTopFindings(report.findings)) log.info(line);
    log.result(
      report.kind === 'scanned'
        ? `${capital(sayCounts(report.counts))} in ${report.platforms.join(', ')}`
        : `Not scanned: ${report.reason}`,
    );
    return report;
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
