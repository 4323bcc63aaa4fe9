import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Aws } from '../aws/aws.ts';
import { isRefusal } from '../aws/client.ts';
import type { Build } from '../build/build.ts';
import { isRemote } from '../build/inputs.ts';
import { imageNameOf } from '../commit/commit-tag.ts';
import type { Commit } from '../commit/commit.ts';
import type { GatePlan } from '../gate/plan.ts';
import type { Judgement } from '../gate/verdict.ts';
import { historyOf } from '../image/description.ts';
import type { Image, Manifest } from '../image/image.ts';
import { readConfigs } from '../image/read-configs.ts';
import { setOutput } from '../platform/actions.ts';
import type { Log } from '../platform/job.ts';
import type { RunOf } from '../platform/run-of.ts';
import { makeTempDir, writeTempFile } from '../platform/temp-dir.ts';
import { readTextFile } from '../platform/workspace.ts';
import type { Repository } from '../repository/repository.ts';
import type { Finding } from '../scan/findings.ts';
import type { ScanReport } from '../scan/report.ts';
import type { Tags } from '../tags/plan.ts';
import type { FileLine } from './dockerfile-lines.ts';
import { jsonReportOf } from './json-report.ts';
import { MAX_SARIF_RESULTS, sarifOf } from './sarif.ts';

interface ReportParts {
  build: Pick<Build, 'context' | 'file' | 'target'>;
  gate: GatePlan;
  commit: Pick<Commit, 'sha' | 'checkedOut' | 'now'>;
  tags: Pick<Tags, 'commitTag'>;
}

interface WriteReportsOptions {
  plan: ReportParts;
  repository: Repository;
  image: Image;
  manifest: () => Promise<Manifest>;
  report: ScanReport;
  judgement: Judgement;
}

/** GitHub's limit for a gzipped SARIF file in bytes. */
const MAX_SARIF_BYTES = 10 * 1024 * 1024;

/** Writes the findings as JSON, and as SARIF for GitHub code scanning. The files stay until the job ends. */
export function writeReports(
  { job, plan }: RunOf<ReportParts>,
  aws: Aws,
  options: Omit<WriteReportsOptions, 'plan'>,
): Promise<void> {
  const fullOptions = { ...options, plan };
  return job.step('Write the reports', async log => {
    const { report: scan } = fullOptions;
    if (scan.kind === 'unawaited') {
      return log.result('No scan was awaited');
    }
    const folder = await makeTempDir();
    const [report, sarif] = [join(folder, 'report.json'), join(folder, 'findings.sarif')];
    await writeTempFile(report, `${JSON.stringify(await buildReport(fullOptions, scan), null, 2)}\n`);
    log.info(`Report  ${report}`);
    setOutput('report', report);
    // GitHub would close all alerts of the image after a SARIF file without results.
    if (scan.kind === 'unscannable') return log.result('No SARIF, as there is no scan');
    await writeTempFile(sarif, await sarifText(log, aws, fullOptions));
    log.info(`SARIF   ${sarif}`);
    setOutput('sarif', sarif);
    log.result('For other tools, until the job ends: outputs `report` and `sarif`');
  });
}

async function buildReport(
  { plan, image, manifest, judgement }: WriteReportsOptions,
  scan: Exclude<ScanReport, { kind: 'unawaited' }>,
) {
  const { platforms } = await manifest();
  const { ref, digest } = image;
  const { sha: commit, now: judgedAt } = plan.commit;
  return jsonReportOf(scan, judgement, {
    image: { ref, digest, commit, platforms },
    judgedAt,
    gate: plan.gate,
  });
}

async function sarifText(log: Log, aws: Aws, options: WriteReportsOptions): Promise<string> {
  const { repository, image, judgement } = options;
  // Ignored findings are left out, because GitHub would show them as open alerts.
  const { standing: findings } = judgement;
  const lineOfFinding = await linesOfFindings(log, aws, { ...options, findings });
  const { tags, commit } = options.plan;
  const name = imageNameOf(repository.name, { commitTag: tags.commitTag, sha: commit.checkedOut });
  const sarifOptions = { image: name, ref: image.ref, lineOfFinding };
  for (let maxResults = MAX_SARIF_RESULTS; ; maxResults = Math.floor(maxResults / 2)) {
    const text = JSON.stringify(sarifOf(findings, { ...sarifOptions, maxResults }));
    if (gzipSync(text).length <= MAX_SARIF_BYTES || maxResults === 0) return `${text}\n`;
    log.info(
      `SARIF of ${Math.min(maxResults, findings.length)} findings is more than GitHub takes: half of them will do`,
    );
  }
}

/** The line of the Dockerfile that each finding comes from. The image's history is read only if a finding names its layer. */
async function linesOfFindings(
  log: Log,
  aws: Aws,
  {
    plan,
    repository,
    manifest,
    findings,
  }: Omit<WriteReportsOptions, 'report' | 'judgement' | 'image'> & { findings: Finding[] },
): Promise<(finding: Finding) => FileLine> {
  const { context, file: givenFile, target } = plan.build;
  const path = givenFile ?? join(context, 'Dockerfile');
  // Without a checkout the Dockerfile is not on this machine, but its path in the repository is known.
  const file = isRemote(context) ? (givenFile ?? 'Dockerfile') : relative('.', path);
  const text = readTextFile(path);
  if (typeof text !== 'string') return () => ({ file, line: 1 });
  const { lineOf } = await import('./dockerfile-lines.ts');
  const history = findings.some(({ layer }) => layer !== undefined)
    ? await readHistory(log, aws, { repository, manifest })
    : new Map<string, string>();
  // Finding a line parses the Dockerfile, and many findings share a layer, so the lines are kept.
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

/** The command that created each layer, by the layer's digest. Empty where the history cannot be read. */
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
    const layers = read.flatMap(historyOf);
    return new Map(layers.flatMap(layer => layer.digests.map(digest => [digest, layer.createdBy])));
  } catch (error) {
    const why = isRefusal(error, 'AccessDeniedException')
      ? ' (ecr:GetDownloadUrlForLayer is not allowed)'
      : '';
    log.info(`The image's history could not be read${why}: findings are shown at the Dockerfile's FROM.`);
    return new Map();
  }
}
