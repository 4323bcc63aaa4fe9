import type { RunOf } from '../platform/run.ts';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Aws } from '../aws/aws.ts';
import { isRefusal } from '../aws/client.ts';
import type { Build } from '../build/build.ts';
import { isRemote } from '../build/inputs.ts';
import type { Commit } from '../commit/commit.ts';
import type { GatePlan } from '../gate/plan.ts';
import type { Judgement } from '../gate/verdict.ts';
import { readConfigs } from '../image/config.ts';
import { historyOf } from '../image/description.ts';
import type { Image, Manifest } from '../image/image.ts';
import type { Log } from '../platform/job.ts';
import { setOutput } from '../platform/actions.ts';
import { makeScratch } from '../platform/temp-dir.ts';
import type { Repository } from '../repository/ensure-repository.ts';
import type { Finding } from '../scan/findings.ts';
import type { ScanReport } from '../scan/report.ts';
import type { Place } from './dockerfile-lines.ts';
import { reportOf } from './json-report.ts';
import { MAX_SARIF_RESULTS, sarifOf } from './sarif.ts';

interface ReportParts {
  build: Pick<Build, 'context' | 'file' | 'target'>;
  gate: GatePlan;
  commit: Pick<Commit, 'sha' | 'now'>;
}

interface WriteReportsOptions {
  plan: ReportParts;
  repository: Repository;
  image: Image;
  manifest: () => Promise<Manifest>;
  report: ScanReport;
  judgement: Judgement;
}

/** Bytes of a SARIF file that GitHub takes when it is gzipped. */
const MAX_SARIF_BYTES = 10 * 1024 * 1024;

/** Writes what was found for other tools: as JSON, and as SARIF for GitHub code scanning. The files stay until the job ends. */
export function writeReports(
  { job, plan }: RunOf<ReportParts>,
  aws: Aws,
  options: Omit<WriteReportsOptions, 'plan'>,
): Promise<void> {
  const told = { ...options, plan };
  return job.step('Write the reports', async log => {
    const { report: scan } = told;
    if (scan.kind === 'unawaited') {
      return log.result('No scan was awaited');
    }
    const folder = await makeScratch();
    const [report, sarif] = [join(folder, 'report.json'), join(folder, 'findings.sarif')];
    await writeFile(report, `${JSON.stringify(await describe(told, scan), null, 2)}\n`);
    log.info(`Report  ${report}`);
    setOutput('report', report);
    // GitHub would take a file without results for a mended image.
    if (scan.kind === 'unscannable') return log.result('No SARIF, as there is no scan');
    await writeFile(sarif, await sarifText(log, aws, told));
    log.info(`SARIF   ${sarif}`);
    setOutput('sarif', sarif);
    log.result('For other tools, until the job ends: outputs `report` and `sarif`');
  });
}

async function describe(
  { plan, image, manifest, judgement }: WriteReportsOptions,
  scan: Exclude<ScanReport, { kind: 'unawaited' }>,
) {
  const { platforms } = await manifest();
  const { ref, digest } = image;
  const { sha: commit, now: judgedAt } = plan.commit;
  return reportOf(scan, judgement, { image: { ref, digest, commit, platforms }, judgedAt, gate: plan.gate });
}

async function sarifText(log: Log, aws: Aws, told: WriteReportsOptions): Promise<string> {
  const { repository, image, judgement } = told;
  // What is let pass is no alert: GitHub would show it as an open one.
  const { standing: findings } = judgement;
  const placeOf = await findPlaces(log, aws, { ...told, findings });
  const options = { repository: repository.name, ref: image.ref, placeOf };
  for (let most = MAX_SARIF_RESULTS; ; most = Math.floor(most / 2)) {
    const text = JSON.stringify(sarifOf(findings, { ...options, most }));
    if (gzipSync(text).length <= MAX_SARIF_BYTES || most === 0) return `${text}\n`;
    log.info(
      `SARIF of ${Math.min(most, findings.length)} findings is more than GitHub takes: half of them will do`,
    );
  }
}

/** The line of the Dockerfile that each finding comes from; the image's history is read only where a finding names its layer. */
async function findPlaces(
  log: Log,
  aws: Aws,
  {
    plan,
    repository,
    manifest,
    findings,
  }: Omit<WriteReportsOptions, 'report' | 'judgement' | 'image'> & { findings: Finding[] },
): Promise<(finding: Finding) => Place> {
  const { context, file: named, target } = plan.build;
  const path = named ?? join(context, 'Dockerfile');
  // A Dockerfile that is not here, as without a checkout, is in the repository all the same.
  const file = isRemote(context) ? (named ?? 'Dockerfile') : relative('.', path);
  if (!existsSync(path)) return () => ({ file, line: 1 });
  const [text, { lineOf }] = await Promise.all([readFile(path, 'utf8'), import('./dockerfile-lines.ts')]);
  const history = findings.some(({ layer }) => layer !== undefined)
    ? await readHistory(log, aws, { repository, manifest })
    : new Map<string, string>();
  // Many findings come from few layers, and the Dockerfile is read anew for each line.
  const lines = new Map<string | undefined, number>();
  return ({ layer }) => {
    const createdBy = layer === undefined ? undefined : history.get(layer);
    const line =
      lines.get(createdBy) ??
      lineOf(text, {
        ...(target !== undefined && { target }),
        ...(createdBy !== undefined && { createdBy }),
      });
    lines.set(createdBy, line);
    return { file, line };
  };
}

/** What made each layer, by the layer's digest. Nobody depends on it: where it cannot be read, nothing is known. */
async function readHistory(
  log: Log,
  { ecr }: Aws,
  {
    repository: { name: repositoryName, registryId },
    manifest,
  }: Pick<WriteReportsOptions, 'repository' | 'manifest'>,
): Promise<Map<string, string>> {
  const digests = (await manifest()).platforms.map(({ digest }) => digest);
  try {
    const read = await readConfigs(ecr, { repositoryName, registryId }, digests);
    const layers = read.flatMap(each => historyOf(each.manifest, each.config));
    return new Map(layers.flatMap(layer => layer.digests.map(digest => [digest, layer.createdBy])));
  } catch (error) {
    const why = isRefusal(error, 'AccessDeniedException')
      ? ' (ecr:GetDownloadUrlForLayer is not allowed)'
      : '';
    log.info(`The image's history could not be read${why}: findings are shown at the Dockerfile's FROM.`);
    return new Map();
  }
}
