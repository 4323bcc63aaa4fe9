import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { BatchGetImageCommand, GetDownloadUrlForLayerCommand } from '@aws-sdk/client-ecr';
import type { BatchGetImageRequest, GetDownloadUrlForLayerRequest } from '@aws-sdk/client-ecr';
import type { Log } from 'sarif';
import { historyOf } from '../../src/image/description.ts';
import { readConfigs } from '../../src/image/read-configs.ts';
import { lineOf } from '../../src/report/dockerfile-lines.ts';
import type { JsonReport } from '../../src/report/json-report.ts';
import { clientsOf } from '../world/aws/sample.ts';
import { startWorld } from '../world/world.ts';
import { assertTranscript, digestOf } from './transcript.ts';

test('a blocked image leaves SARIF and a report behind, and is released by a later run whose scan is clean', async t => {
  await using world = await startWorld();
  const tell = (...findings: { name: string; severity: 'HIGH' | 'LOW' }[]) =>
    world.aws.ecr.scans.tell({
      findings: findings.map(({ name, severity }) => ({
        name,
        severity,
        description: 'Reads one byte too many.',
        uri: `https://security-tracker.debian.org/tracker/${name}`,
        attributes: [
          { key: 'package_name', value: 'openssl' },
          { key: 'package_version', value: '3.0.11-1' },
          { key: 'CVSS3_SCORE', value: '7.5' },
        ],
      })),
    });
  tell({ name: 'CVE-2024-5535', severity: 'HIGH' }, { name: 'CVE-2023-1', severity: 'LOW' });
  // The job's later steps read the files, so they have to outlive this one.
  const temp = join(world.scratch, 'temp');
  const workspace = await world.checkout();
  const options = { workspace, temp, ref: 'refs/tags/v1.2.3', with: { cache: 'off', 'fail-on': 'high' } };
  const blocked = await world.run(options);
  assertTranscript(t, world, blocked);
  assert.equal(blocked.outcome, 'failure');
  assert.equal(await digestOf(world, 'team/hello', '1.2.3'), null);

  await t.test('SARIF points at the FROM that the image stands on', async () => {
    const sarif: Log = JSON.parse(await readFile(blocked.outputs['sarif'] ?? '', 'utf8'));
    const dockerfile = await readFile(join(workspace, 'Dockerfile'), 'utf8');
    const lines = dockerfile.split('\n');
    const places = sarif.runs[0]?.results?.map(each => each.locations?.[0]?.physicalLocation);
    for (const place of places ?? []) {
      assert.equal(place?.artifactLocation?.uri, 'Dockerfile');
      assert.match(lines[(place.region?.startLine ?? 0) - 1] ?? '', /^FROM \$/);
    }
    assert.deepEqual(
      sarif.runs[0]?.results?.map(each => each.ruleId),
      ['CVE-2024-5535', 'CVE-2023-1'],
    );
  });

  await t.test('the report has the verdict, the numbers and every finding', async () => {
    const report: JsonReport = JSON.parse(await readFile(blocked.outputs['report'] ?? '', 'utf8'));
    assert.equal(report.verdict.kind, 'blocked');
    assert.equal(report.counts?.found.high, 1);
    assert.deepEqual(
      report.findings.map(({ id, blocks }) => [id, blocks]),
      [
        ['CVE-2024-5535', true],
        ['CVE-2023-1', false],
      ],
    );
    assert.equal(report.image.digest, blocked.outputs['digest']);
  });

  await t.test("a layer that a finding names is known by the Dockerfile's line that made it", async () => {
    const { ecr } = clientsOf(world.aws, 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer');
    const api = {
      batchGetImage: (input: BatchGetImageRequest) => ecr.send(new BatchGetImageCommand(input)),
      getDownloadUrlForLayer: (input: GetDownloadUrlForLayerRequest) =>
        ecr.send(new GetDownloadUrlForLayerCommand(input)),
    };
    const { image }: JsonReport = JSON.parse(await readFile(blocked.outputs['report'] ?? '', 'utf8'));
    const { platforms } = image;
    const { images } = await api.batchGetImage({
      repositoryName: 'team/hello',
      imageIds: [{ imageDigest: platforms[0]?.digest }],
    });
    const { layers }: { layers: { digest: string }[] } = JSON.parse(images?.[0]?.imageManifest ?? '');
    const where = { repositoryName: 'team/hello', registryId: world.aws.accountId };
    const digests = platforms.map(({ digest }) => digest);
    const configs = await readConfigs(api, where, digests);
    const history = configs.flatMap(historyOf);
    const last = layers.at(-1)?.digest ?? '';
    const createdBy = history.find(layer => layer.digests.includes(last))?.createdBy ?? '';
    const dockerfile = await readFile(join(workspace, 'Dockerfile'), 'utf8');
    assert.match(dockerfile.split('\n')[lineOf(dockerfile, { createdBy }) - 1] ?? '', /^COPY --from=site/);
  });

  await t.test('the same digest is released once its scan is clean', async () => {
    tell();
    const clean = await world.run(options);
    assert.equal(clean.outcome, 'success', clean.log);
    assert.equal(clean.outputs['reused'], 'true');
    assert.equal(await digestOf(world, 'team/hello', '1.2.3'), blocked.outputs['digest']);
  });

  await t.test(
    'where no build is, the Dockerfile is where it is said to be, and a layer leads to its line',
    async () => {
      const { ecr } = clientsOf(world.aws, 'ecr:BatchGetImage');
      const manifestIn = async (digest = ''): Promise<{ digest: string }[]> => {
        const imageIds = [{ imageDigest: digest }];
        const { images } = await ecr.send(
          new BatchGetImageCommand({ repositoryName: 'team/hello', imageIds }),
        );
        const { manifests, layers } = JSON.parse(images?.[0]?.imageManifest ?? '{}');
        return manifests ?? layers;
      };
      const [image] = await manifestIn(blocked.outputs['digest']);
      const layer = (await manifestIn(image?.digest)).at(-1)?.digest;
      const repositoryFilters = [{ filter: '*', filterType: 'WILDCARD' as const }];
      world.aws.ecr.scanWith({
        scanType: 'ENHANCED',
        rules: [{ scanFrequency: 'CONTINUOUS_SCAN', repositoryFilters }],
      });
      world.aws.ecr.scans.age(600_000);
      const vulnerablePackages = [
        { name: 'openssl', version: '3.0.11', release: '1', sourceLayerHash: layer },
      ];
      const packageVulnerabilityDetails = { vulnerabilityId: 'CVE-2024-9', vulnerablePackages };
      world.aws.ecr.scans.tell({
        findings: [{ findingArn: 'arn:9', severity: 'HIGH', packageVulnerabilityDetails }],
      });
      const dockerfile = `# syntax=docker/dockerfile:1\n${await readFile(join(workspace, 'Dockerfile'), 'utf8')}`;
      await mkdir(join(workspace, 'services/api'), { recursive: true });
      await writeFile(join(workspace, 'services/api/Dockerfile'), dockerfile);
      const inputs = { mode: 'gate', image: blocked.outputs['digest'] ?? '', context: 'services/api' };
      const judged = await world.run({ workspace, temp, with: { ...inputs, 'build-args': '' } });
      const sarif: Log = JSON.parse(await readFile(judged.outputs['sarif'] ?? '', 'utf8'));
      const place = sarif.runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation;
      assert.equal(place?.artifactLocation?.uri, 'services/api/Dockerfile', judged.log);
      assert.match(dockerfile.split('\n')[(place.region?.startLine ?? 0) - 1] ?? '', /^COPY --from=site/);
    },
  );
});
