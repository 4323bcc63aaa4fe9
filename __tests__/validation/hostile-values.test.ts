import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { TestContext } from 'node:test';
import { parse } from 'yaml';
import { readInputs } from '../../src/inputs.ts';
import { describeFailure, Failure } from '../../src/platform/failure.ts';

/** Characters of the longest text that Linux passes in one variable, as the runner passes an input. */
const LONGEST_INPUT = 131_000;

const action: { inputs: Record<string, { default?: string }> } = parse(await readFile('action.yml', 'utf8'));
const workspace = await mkdtemp(join(tmpdir(), 'hostile-values-'));
const socket = createServer();

before(async () => {
  process.chdir(workspace);
  await writeFile('Dockerfile', 'FROM scratch\n');
  await mkdir('folder');
  await mkdir('deep');
  spawnSync('mkfifo', ['pipe', 'deep/Dockerfile', 'deep/.dockerignore']);
  await symlink('pipe', 'link');
  await new Promise<void>(resolve => void socket.listen('socket', resolve));
  await writeFile('deep.json', deepJson);
  await writeFile('large.json', `"${'a'.repeat(11_000_000)}"`);
  for (const [name, value] of Object.entries({ GITHUB_WORKSPACE: workspace, GITHUB_EVENT_PATH: '' }))
    process.env[name] = value;
});

after(async () => {
  socket.close();
  await rm(workspace, { recursive: true });
});

const deepJson = nested(20_000);

function nested(depth: number): string {
  return `${'['.repeat(depth)}${']'.repeat(depth)}`;
}

/** Reads the inputs as the step does, and answers its error; empty where there is none. */
async function faultsOf(given: Record<string, string>, t: TestContext): Promise<string> {
  const needed = { repository: 'team/app', 'aws-region': 'eu-central-1' };
  for (const [name, { default: usual }] of Object.entries(action.inputs)) {
    const text = { ...needed, ...given }[name] ?? usual ?? '';
    process.env[`INPUT_${name.toUpperCase()}`] = text.startsWith('${{') ? '' : text;
  }
  // What is masked is written at once, each line of it.
  const writing = t.mock.method(process.stdout, 'write', () => true);
  try {
    await readInputs();
    return '';
  } catch (error) {
    assert.ok(error instanceof Failure, `${Object.keys(given).join()}: ${String(error).slice(0, 300)}`);
    return describeFailure(error);
  } finally {
    writing.mock.restore();
  }
}

test('a value of any length is told in one short error, or taken', async t => {
  const values = {
    path: 'a/'.repeat(LONGEST_INPUT / 2),
    lines: 'a=1\n'.repeat(3_000),
  };
  for (const [kind, value] of Object.entries(values)) {
    for (const input of Object.keys(action.inputs)) {
      const began = performance.now();
      const message = await faultsOf({ [input]: value }, t);
      const seconds = (performance.now() - began) / 1000;
      assert.ok(message.length < 10_000, `${input}, ${kind}: ${message.length} characters`);
      assert.ok(seconds < 20, `${input}, ${kind}: ${seconds} s`);
    }
  }
});

test('what is no regular file, or is too large, is refused for every input that names one, and nothing is waited for', async t => {
  const places = {
    pipe: 'pipe',
    device: '/dev/zero',
    folder: 'folder',
    socket: 'socket',
    'a link to a pipe': 'link',
  };
  const inputs: Record<string, (path: string) => Record<string, string>> = {
    file: path => ({ file: path }),
    'secret-files': path => ({ 'secret-files': `npm=${path}` }),
    ssh: path => ({ ssh: `default=${path}` }),
    'ignore-file': path => ({ 'ignore-file': path }),
    vex: path => ({ vex: path }),
    'lifecycle-policy': path => ({ 'lifecycle-policy': path }),
    'repository-policy': path => ({ 'repository-policy': path }),
    'inline-session-policy': path => ({
      'inline-session-policy': path,
      'role-to-assume': 'arn:aws:iam::123456789012:role/ci',
    }),
    'catalog-data': path => ({ 'catalog-data': path }),
    'driver-opts': path => ({ driver: 'remote', endpoint: 'tcp://b:1', 'driver-opts': `cacert=${path}` }),
    append: path => ({
      driver: 'remote',
      endpoint: 'tcp://b:1',
      append: `- endpoint: tcp://b:2\n  driver-opts: ["key=${path}"]`,
    }),
    context: path => ({ context: path }),
    'build-contexts': path => ({ 'build-contexts': `a=${path}` }),
    outputs: path => ({ outputs: `type=tar,dest=${path}` }),
  };
  const allowed = new Set([
    'ssh socket',
    'context folder',
    'build-contexts folder',
    'outputs folder',
    'outputs device',
  ]);
  for (const [input, givenFor] of Object.entries(inputs)) {
    for (const [kind, path] of Object.entries(places)) {
      if (allowed.has(`${input} ${kind}`)) continue;
      const message = await faultsOf(givenFor(path), t);
      assert.match(message, new RegExp(`${input}: '`), `${input} ${kind}: ${message}`);
    }
  }
  const others: [given: Record<string, string>, fault: RegExp][] = [
    [{ context: 'deep' }, /context: 'deep\/Dockerfile' is a pipe, and a file is wanted/],
    [{ context: 'deep' }, /context: 'deep\/\.dockerignore' is a pipe/],
    [{ file: '/dev/zero' }, /file: '\/dev\/zero' is a device, and a file is wanted\. Name a file/],
    [{ 'secret-files': 'a=large.json' }, /secret-files: 'large\.json' has 11,000,002 bytes, and 512,000 are/],
    [{ 'ignore-file': 'large.json' }, /ignore-file: 'large\.json' has 11,000,002 bytes, and 10,485,760 are/],
    [{ vex: '*.json' }, /vex: 'large\.json' has 11,000,002 bytes/],
    [{ 'lifecycle-policy': 'large.json' }, /lifecycle-policy: 'large\.json' has 11,000,002 bytes/],
    [{ 'lifecycle-policy': '/proc/kmsg' }, /lifecycle-policy: '\/proc\/kmsg' /],
  ];
  for (const [given, fault] of others) assert.match(await faultsOf(given, t), fault);
});

test('JSON and YAML that nest deeply are refused wherever they are read', async t => {
  const role = { 'role-to-assume': 'arn:aws:iam::123456789012:role/ci' };
  const rows: [given: Record<string, string>, fault: RegExp][] = [
    [{ mode: 'merge', builds: nested(100_000) }, /builds: '\[{200}…' \(200,000 characters\) is not what/],
    [{ mode: 'merge', builds: `{"digest": ${deepJson}}` }, /builds: .* is not what/],
    [{ 'lifecycle-policy': deepJson }, /lifecycle-policy: .* nests deeper than 100 levels/],
    [{ 'lifecycle-policy': 'deep.json' }, /lifecycle-policy: 'deep\.json' nests deeper than 100 levels/],
    [{ 'repository-policy': `{"Statement": [${deepJson}]}` }, /nests deeper than 100 levels/],
    [{ 'catalog-data': deepJson, 'registry-type': 'public' }, /catalog-data: .* nests deeper/],
    [{ ...role, 'inline-session-policy': `{"Statement": ${deepJson}}` }, /nests deeper/],
    [{ ...role, 'custom-tags': deepJson }, /custom-tags: .* nests deeper/],
    [{ vex: 'deep.json' }, /vex: 'deep\.json' nests deeper/],
    [
      { 'ignore-file': 'deep.json' },
      /ignore-file: 'deep\.json:1' is no YAML that can be read: it nests too deeply/,
    ],
    [{ driver: 'docker-container', append: deepJson }, /append: '…' nests too deeply/],
    [{ driver: 'docker-container', append: aliasBomb }, /append: '…' is not YAML \(Excessive alias count/],
  ];
  for (const [given, fault] of rows) assert.match(await faultsOf(given, t), fault, Object.keys(given).join());
});

test('what cannot be a token is not shown', async t => {
  for (const token of ['correct horse', 'correct\nhorse', 'Bearer correct', 'cörrect']) {
    const message = await faultsOf({ 'github-token': token }, t);
    assert.match(message, /github-token: '…' has a space, a line break or another character in it/);
    assert.doesNotMatch(message, /correct/);
  }
});

/** A list of lists in which each names the one before it nine times. */
const aliasBomb = Array.from('abcdefghij')
  .map(
    (name, at) =>
      `- &${name} [${Array(9)
        .fill(at === 0 ? 'x' : `*${'abcdefghij'[at - 1]}`)
        .join(',')}]`,
  )
  .join('\n');
