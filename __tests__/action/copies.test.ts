import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { CreateRepositoryCommand, PutImageCommand, SetRepositoryPolicyCommand } from '@aws-sdk/client-ecr';
import type { PolicyDocument } from '../world/aws/policy-document.ts';
import { clientsIn, clientsOf } from '../world/aws/sample.ts';
import { withoutDocker } from '../world/docker/broken.ts';
import { allow, startWorld } from '../world/world.ts';

const other = '210987654321';
const repositoryName = 'team/hello';

/** An entry of the output `copies`. */
interface Entry {
  status: string;
  region: string;
  'registry-id': string;
  image?: string;
  digest?: string;
  platforms?: Record<string, string>;
  tags: string[];
}

/** The policies of a dry run. */
interface Policies {
  permissions: PolicyDocument;
  roles: { role: string; permissions: PolicyDocument }[];
  repositories: { repository: string; permissions: PolicyDocument }[];
}

/** The bytes of a manifest or a blob, asked by HTTP of the registry itself. */
async function bytesAt({ registryUrl }: { registryUrl: string }, path: string): Promise<string> {
  const answer = await fetch(`${registryUrl}/v2/${repositoryName}/${path}`, {
    headers: {
      Accept: 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json',
    },
  });
  assert.equal(answer.status, 200, path);
  return Buffer.from(await answer.arrayBuffer()).toString('latin1');
}

/** The config and the layers of an image's manifest. */
function blobsOf(manifest: string): { digest: string }[] {
  const { config, layers }: { config: { digest: string }; layers: { digest: string }[] } =
    JSON.parse(manifest);
  return [config, ...layers];
}

test('three destinations in two accounts and two regions get the judged digest and its tags, and each of their faults is told', async t => {
  await using world = await startWorld();
  const { aws } = world;
  const ours = await world.openRegistry({ region: 'us-east-1' });
  const theirs = await world.openRegistry({ accountId: other, region: 'us-east-1' });
  const foreign = await world.openRegistry({ accountId: other });
  const places = [ours, theirs, foreign];
  const copyRole = world.putRole({ accountId: other, name: 'copy' });
  const { ecr } = clientsIn(aws, other, { actions: ['ecr:*'], region: 'eu-central-1' });
  const copyTo = [
    '# our own account',
    'region=us-east-1',
    `arn:aws:ecr:us-east-1:${other}:repository/${repositoryName}, role-to-assume=${copyRole}`,
    `registry-id=${other}`,
  ].join('\n');
  const inputs = { 'copy-to': copyTo, cache: 'off' };
  const titles = [
    `${repositoryName} in us-east-1`,
    `${repositoryName} in us-east-1 of ${other}`,
    `${repositoryName} in eu-central-1 of ${other}`,
  ] as const;
  const operationsSince = (count: number): string[] =>
    aws.requests.slice(count).map(({ operation }) => operation);

  await t.test('what would fail at a copy stops the step before the build, in one error', async () => {
    world.putRole({
      accountId: other,
      name: 'copy',
      policies: [allow('ecr:Describe*', 'ecr:CreateRepository', 'ecr:GetAuthorizationToken')],
    });
    const run = await world.run({ with: inputs });
    world.putRole({ accountId: other, name: 'copy' });
    assert.equal(run.outcome, 'failure', run.log);
    assert.doesNotMatch(run.log, /docker buildx build/);
    const message = run.annotations.find(({ level }) => level === 'error')?.message ?? '';
    assert.match(message, /^2 of 3 destinations of `copy-to` cannot be copied to:$/m);
    assert.match(
      message,
      new RegExp(
        `^- ${titles[1]}: ecr:InitiateLayerUpload failed: User: \\S+:assumed-role/copy/\\S+ is not authorized`,
        'm',
      ),
    );
    assert.match(
      message,
      new RegExp(
        `^- ${titles[2]}: .*ecr:InitiateLayerUpload on resource: \\S+ because no resource-based policy allows`,
        'm',
      ),
    );
    assert.match(message, new RegExp(`^${titles[1]}: As ${copyRole}: `, 'm'));
    assert.match(
      message,
      /of 210987654321 has to admit the role.* cannot let it create the repository.*role-to-assume=.*"Sid": "CopyFromCi"/s,
    );
    assert.doesNotMatch(message, /"Sid": "Image"/, 'what the step needs at its own repository is no remedy');
    assert.match(
      message,
      new RegExp(
        `Nothing has been built or pushed\\. Created meanwhile, and empty: \\S+/${repositoryName}, ${ours.gate.host}/${repositoryName}\\.$`,
        'm',
      ),
    );
    assert.match(run.summary, /❌ team\/hello: failed/);
  });

  // From here on everybody has what a dry run prints, and no more.
  const dry = await world.run({ temp: `${world.scratch}/dry`, with: { ...inputs, 'dry-run': 'true' } });
  const { policies }: { policies: Policies } = JSON.parse(await readFile(dry.outputs['plan'] ?? '', 'utf8'));
  world.putRole({ accountId: aws.accountId, policies: [policies.permissions] });
  const ofCopyRole = policies.roles.map(({ permissions }) => permissions);
  world.putRole({ accountId: other, name: 'copy', policies: ofCopyRole });
  await ecr.send(new CreateRepositoryCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }));
  const policyText = JSON.stringify(policies.repositories[0]?.permissions);
  await ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
  // One is slow, and holds up no other.
  ours.gateFaults.add({ match: /^registry:P/, kind: 'slow', delayMs: 150 });
  const job = { ref: 'refs/tags/v1.2.3', workspace: await world.checkout() };
  const asked = aws.requests.length;
  const run = await world.run({ ...job, with: inputs });
  assert.equal(run.outcome, 'success', run.log);
  const logins = operationsSince(asked).filter(each => each === 'GetAuthorizationToken');
  assert.equal(
    logins.length,
    1 + places.length,
    'each destination is sent to with the login that it was tried with',
  );
  const { digest = '', image = '' } = run.outputs;
  const copies: Entry[] = JSON.parse(run.outputs['copies'] ?? '[]');
  assert.deepEqual(
    copies.map(each => [each.status, each.region, each['registry-id'], each.image, each.tags]),
    places.map(({ gate, ecr: { region, accountId } }) => [
      'copied',
      region,
      accountId,
      `${gate.host}/${repositoryName}@${digest}`,
      ['1.2.3', '0123456789abcdef0123456789abcdef01234567'],
    ]),
  );
  assert.deepEqual(copies[0]?.platforms, JSON.parse(run.outputs['platforms'] ?? ''));
  const index = await bytesAt(world, `manifests/${digest}`);
  const { manifests }: { manifests: { digest: string }[] } = JSON.parse(index);
  assert.equal(manifests.length, 2, 'a platform and its attestation');
  for (const place of places) {
    for (const name of [digest, '1.2.3', ...manifests.map(each => each.digest)])
      assert.equal(await bytesAt(place, `manifests/${name}`), await bytesAt(world, `manifests/${name}`));
    for (const child of manifests) {
      for (const blob of blobsOf(await bytesAt(world, `manifests/${child.digest}`)))
        assert.equal(
          await bytesAt(place, `blobs/${blob.digest}`),
          await bytesAt(world, `blobs/${blob.digest}`),
        );
    }
  }
  for (const title of titles) assert.match(run.log, new RegExp(`^##\\[group\\]Copy to ${title}$`, 'm'));
  assert.match(run.summary, /^\| Copied to \|  \| Tags \| Sent \| Mounted \| There \|$/m);
  assert.match(
    run.summary,
    /^\| team\/hello in us-east-1 \| ✅ copied \| `1\.2\.3`, `\w+` \| [\d.]+ [kM]B \| 0\.0 kB \| 0\.0 kB \|$/m,
  );

  const withoutBuild = {
    environment: await withoutDocker(`${world.scratch}/path`),
    workspace: job.workspace,
  };
  const judge = (more: Record<string, string>) =>
    world.run({
      ...withoutBuild,
      with: { 'copy-to': copyTo, mode: 'gate', image, 'build-args': '', ...more },
    });

  await t.test(
    'a signature of a platform that came later follows, told without the account where that is masked',
    async () => {
      const tag = `${manifests[0]?.digest.replace(':', '-')}.sig`;
      const [config] = blobsOf(await bytesAt(world, `manifests/${manifests[0]?.digest}`));
      const type = 'application/vnd.oci.image.manifest.v1+json';
      const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType: type, config, layers: [] });
      const source = clientsOf(aws, 'ecr:*').ecr;
      await source.send(new PutImageCommand({ repositoryName, imageManifest, imageTag: tag }));
      const signed = await judge({ tags: '1.2.3', 'mask-aws-account-id': 'true' });
      assert.equal(signed.outcome, 'success', signed.log);
      for (const place of places) assert.equal(await bytesAt(place, `manifests/${tag}`), imageManifest);
      const told = signed.outputs['copies'] ?? '';
      assert.match(told, /^\[\{"status":"copied","repository":"team\/hello","region":"us-east-1","digest":/);
      assert.ok(!told.includes(other) && !told.includes(aws.accountId), told);
      const log = signed.log.slice(signed.log.indexOf('##[endgroup]'));
      assert.ok(!`${log}${signed.summary}`.includes(other));
      assert.ok(signed.masks.includes(other));
    },
  );

  await t.test('a re-run copies nothing', async () => {
    const before = aws.requests.length;
    const again = await judge({ tags: '1.2.3' });
    assert.equal(again.outcome, 'success', again.log);
    const entries: Entry[] = JSON.parse(again.outputs['copies'] ?? '[]');
    assert.deepEqual(
      entries.map(({ status, tags }) => [status, tags]),
      places.map(() => ['there', ['1.2.3']]),
    );
    const operations = operationsSince(before);
    assert.deepEqual(
      operations.filter(each => /^Put|UploadLayerPart/.test(each)),
      [],
    );
    assert.match(again.summary, /\| ✅ there already \| `1\.2\.3` \| 0\.0 kB \| 0\.0 kB \| [\d.]+ [kM]B \|/);
  });

  await t.test(
    'one that is denied and one whose tag is taken are told, and the others have the image and its tags',
    async () => {
      const imageManifest = await bytesAt(foreign, `manifests/${manifests[0]?.digest}`);
      await ecr.send(new PutImageCommand({ repositoryName, imageManifest, imageTag: '2.0.0' }));
      world.putRole({
        accountId: other,
        name: 'copy',
        policies: [
          allow('ecr:Describe*', 'ecr:BatchGetImage', 'ecr:GetAuthorizationToken', 'ecr:InitiateLayerUpload'),
        ],
      });
      const failed = await judge({ tags: '2.0.0' });
      world.putRole({ accountId: other, name: 'copy' });
      assert.equal(failed.outcome, 'failure', failed.log);
      const entries: Entry[] = JSON.parse(failed.outputs['copies'] ?? '[]');
      assert.deepEqual(
        entries.map(({ status, tags }) => [status, tags]),
        [
          ['there', ['2.0.0']],
          ['failed', []],
          ['failed', []],
        ],
      );
      assert.ok(
        entries.every(each => each.digest === digest),
        'the image is there, though not the tag',
      );
      const message = failed.annotations.find(({ level }) => level === 'error')?.message ?? '';
      assert.match(message, /^The copy to 2 of 3 destinations failed:$/m);
      assert.match(message, new RegExp(`^- ${titles[1]}: ecr:PutImage failed: .* is not authorized`, 'm'));
      assert.match(
        message,
        new RegExp(`^- ${titles[2]}: The tag '2\\.0\\.0' names another image already`, 'm'),
      );
      assert.match(
        message,
        new RegExp(
          `^Those that have it: ${titles[0]}\\. The image is there, but not each of its tags: `,
          'm',
        ),
      );
      assert.match(message, /Then run the job again: it copies only what is missing\.$/);
      assert.match(failed.summary, /\| ❌ failed \|/);
    },
  );

  await t.test('a blocked image is copied nowhere', async () => {
    aws.ecr.scans.tell({ findings: [{ name: 'CVE-2024-5535', severity: 'CRITICAL' }] });
    const before = aws.requests.length;
    const blocked = await judge({ tags: '3.0.0' });
    aws.ecr.scans.tell({ findings: [] });
    assert.equal(blocked.outputs['scan-verdict'], 'blocked', blocked.log);
    assert.equal(blocked.outputs['copies'], '[]');
    assert.ok(!operationsSince(before).includes('ListImageReferrers'));
    assert.match(
      blocked.summary,
      /⛔ The image is blocked, and was copied nowhere: team\/hello in us-east-1, /,
    );
  });

  await t.test('without a push nothing is copied, and the run says so', async () => {
    const before = aws.requests.length;
    const local = await world.run({ workspace: job.workspace, with: { ...inputs, push: 'false' } });
    assert.equal(local.outcome, 'success', local.log);
    assert.match(local.log, /nothing was pushed or copied \(`push: false`\)/);
    assert.deepEqual(operationsSince(before), []);
    assert.equal(local.outputs['copies'], undefined);
  });
});
