import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';

/** Every command by which output could steer the runner or the rest of the job, in both syntaxes. */
const forgeries = (victim: string): string[] =>
  [
    ['error', 'forged'],
    ['add-mask', 'sha256'],
    ['set-output name=image', 'forged'],
    ['set-output name=scan-verdict', 'passed'],
    ['save-state name=folder', victim],
    ['save-state name=builder', '--all-inactive'],
    ['add-matcher', 'forged.json'],
    ['set-env name=PATH', victim],
    ['add-path', victim],
    ['group', 'forged'],
    ['stop-commands', 'forged'],
  ].flatMap(([command = '', data = '']) => [
    `::${command}::${data}`,
    `##[${command.replace(/$/, ';')}]${data}`,
  ]);

/** A folder that a forged state names. */
async function victimIn(world: World): Promise<string> {
  const victim = join(world.scratch, 'victim');
  await mkdir(victim);
  return victim;
}

test('no argument of the build is obeyed by the runner', async () => {
  await using world = await startWorld();
  const victim = await victimIn(world);
  const [labels, args] = ['label', 'arg'].map(kind =>
    forgeries(victim).map((text, index) => `"${kind}${index}=one\n${text}"`),
  );
  const run = await world.run({
    with: {
      cache: 'off',
      'build-args': [`BASE_IMAGE=${world.baseImage}`, ...(args ?? [])].join('\n'),
      labels: [`org.opencontainers.image.title=##[set-output name=image;]x`, ...(labels ?? [])].join('\n'),
    },
  });
  assert.equal(run.outcome, 'success', run.log);
  await assertUnsteered(world, run, victim);
  assert.match(run.log, /--build-arg \$'arg0=one\\n::error::forged'/);
});

test('nor is what the build prints, nor the quote of its instruction', async () => {
  await using world = await startWorld();
  const victim = await victimIn(world);
  const workspace = await world.checkout();
  const lines = forgeries(victim).flatMap(text => [
    `echo '${text}'`,
    `printf '%s' '${text.slice(0, 2)}'; sleep 0.01; echo '${text.slice(2)}'`,
    `printf 'x\\r%s\\r\\n' '${text}'`,
    `printf '\\302\\205\\343\\200\\200%s\\n' '${text}'`,
  ]);
  await writeFile(
    join(workspace, 'Dockerfile'),
    `FROM ${world.baseImage}\nRUN ${[...lines, `echo ${Date.now()}`].join(' && \\\n  ')}\n`,
  );
  const run = await world.run({ workspace, with: { cache: 'off' } });
  assert.equal(run.outcome, 'success', run.log);
  await assertUnsteered(world, run, victim);
  assert.match(run.log, /## \[set-output name=image;\]forged/);
});

test('nor is a reason of the ignore file', async () => {
  await using world = await startWorld();
  const victim = await victimIn(world);
  const workspace = await world.checkout();
  world.aws.ecr.scans.tell({ findings: [{ name: 'CVE-2024-1', severity: 'CRITICAL', attributes: [] }] });
  await writeFile(
    join(workspace, '.ecr-scan-ignore.yml'),
    JSON.stringify({
      ignore: [{ id: 'CVE-2024-1', until: inAMonth(), reason: forgeries(victim).join('\n') }],
    }),
  );
  const run = await world.run({ workspace, with: { cache: 'off' } });
  assert.equal(run.outcome, 'success', run.log);
  await assertUnsteered(world, run, victim);
});

test('nor does a line of an annotation fold the log', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(
    join(workspace, '.ecr-scan-ignore.yml'),
    JSON.stringify({ ignore: [{ 'x\n##[group]folded': 1 }] }),
  );
  const run = await world.run({ workspace });
  assert.equal(run.outcome, 'failure', run.log);
  assert.match(run.log, /^## \[group\]folded/m);
  assert.doesNotMatch(run.log, /^##\[group\]folded/m);
});

test('output that stops the commands of the runner does not unmask the password that is made after it', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(
    join(workspace, 'Dockerfile'),
    `FROM ${world.baseImage}\nRUN echo '##[stop-commands]x'; echo '::stop-commands::x'; echo ${Date.now()}; ` +
      `echo 'denied: Your authorization token has expired. Reauthenticate and try again.'; exit 1\n`,
  );
  const run = await world.run({ workspace, with: { cache: 'off' } });
  assert.equal(run.outcome, 'failure');
  const secrets = [...world.aws.secrets(), ...world.github.secrets()];
  assert.ok(secrets.length > 0);
  for (const secret of secrets) {
    assert.ok(run.masks.includes(secret), 'a secret was not masked');
    assert.ok(!run.log.includes(secret), 'a secret is in the log');
  }
});

function inAMonth(): string {
  return new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
}

async function assertUnsteered(
  world: World,
  run: Awaited<ReturnType<World['run']>>,
  victim: string,
): Promise<void> {
  assert.deepEqual(run.annotations, []);
  assert.equal(run.outputs['image']?.startsWith(world.gate.host), true, run.outputs['image']);
  assert.match(run.outputs['digest'] ?? '', /^sha256:\w{64}$/);
  const { folder, builder, mounts } = run.state;
  assert.deepEqual([folder, builder, mounts], ['', '', '']);
  assert.ok(existsSync(victim), 'the folder that a forged state names is gone');
  assert.ok(!run.masks.some(mask => mask === 'sha256' || mask === 'forged'));
  assert.deepEqual([run.env, run.path], [{}, []]);
  assert.ok(run.log.split('\n').at(-1)?.startsWith('docker logout'), run.log.split('\n').at(-1));
}
