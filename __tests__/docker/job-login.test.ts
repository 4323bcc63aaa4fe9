import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { clientsOf } from '../world/aws/sample.ts';
import { run } from '../world/docker/command.ts';
import { withCredentialHelpers } from '../world/docker/credential-helpers.ts';
import { startWorld } from '../world/world.ts';

const world = await startWorld();
after(() => world[Symbol.asyncDispose]());
const helpers = await withCredentialHelpers(join(world.scratch, 'helpers'));
const folder = join(world.scratch, 'config');
const file = join(folder, 'config.json');
const temp = join(world.scratch, 'temp');
await mkdir(temp);
const stateFile = join(world.scratch, 'state');
const environment = { ...(await world.engine.newConfig(folder)), ...helpers.environment };
Object.assign(process.env, environment, { RUNNER_TEMP: temp, GITHUB_STATE: stateFile });
// What the job's environment is, these remember as soon as they are loaded.
const { logJobIn, undoJobLogin } = await import('../../src/docker/job-login.ts');
const { openOwnConfig } = await import('../../src/docker/own-config.ts');
const { dockerEnvironment } = await import('../../src/platform/environment.ts');

const { host } = world.gate;
const login = await requestLogin();
const own = Buffer.from(`${login.user}:${login.password}`).toString('base64');
const earlier = Buffer.from('AWS:of the machine').toString('base64');

async function requestLogin() {
  const { ecr } = clientsOf(world.aws, 'ecr:*');
  const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}));
  const [user = '', password = ''] = Buffer.from(authorizationData?.[0]?.authorizationToken ?? '', 'base64')
    .toString()
    .split(':');
  return { user, password };
}

async function read(): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}

/** Logs the job in with this config.json, and says why not, what was saved for post, and how long it took. */
async function logIn(config: object | string, limitMs = 10_000) {
  await writeFile(file, typeof config === 'string' ? config : JSON.stringify(config), { mode: 0o640 });
  await writeFile(stateFile, '');
  const began = performance.now();
  const { signal } = new AbortController();
  const refusal = await logJobIn(host, { login, signal, limitMs }).then(
    () => '',
    (error: unknown) => String(error),
  );
  const state = await readFile(stateFile, 'utf8');
  // The last value of a member counts.
  const saved = (name: string) =>
    Array.from(state.matchAll(new RegExp(`^${name}<<(\\S+)\\n(.*)\\n\\1$`, 'gm')), ([, , value]) => value).at(
      -1,
    );
  assert.ok(!state.includes(login.password) && !state.includes(earlier));
  return {
    refusal,
    took: performance.now() - began,
    registry: saved('registry') || undefined,
    folder: saved('login') || undefined,
  };
}

async function undo(done: { registry?: string | undefined; folder?: string | undefined }, limitMs = 10_000) {
  assert.equal(done.registry, host);
  return undoJobLogin(host, done.folder, limitMs);
}

test('the job is logged in by the file, and logged out again', async () => {
  const done = await logIn({ auths: { 'a.example': { auth: earlier } } });
  assert.equal(done.refusal, '');
  assert.deepEqual(await read(), { auths: { 'a.example': { auth: earlier }, [host]: { auth: own } } });
  assert.equal(await undo(done), `docker logout ${host}`);
  assert.deepEqual(await read(), { auths: { 'a.example': { auth: earlier } } });
});

test('a login that was in the file is back afterwards, in the same file with the same mode', async () => {
  const before = { auths: { [host]: { auth: earlier, email: 'me@example.com' } }, currentContext: 'default' };
  const done = await logIn(before);
  assert.equal(done.refusal, '');
  const kept = join(done.folder ?? '', 'login.json');
  assert.equal((await stat(kept)).mode & 0o777, 0o600);
  assert.equal((await stat(done.folder ?? '')).mode & 0o777, 0o700);
  assert.match(await undo(done), /^Docker has the login to .* again/);
  assert.deepEqual(await read(), before);
  assert.equal((await stat(file)).mode & 0o777, 0o640);
});

test('a login under an older name of the host is back, one that another job has written is left alone', async () => {
  const before = { auths: { [`https://${host}`]: { auth: earlier } } };
  const done = await logIn(before);
  assert.equal(done.refusal, '');
  await undo(done);
  assert.deepEqual(await read(), before);

  const first = await logIn({ auths: {} });
  const others = { auths: { [host]: { auth: earlier } } };
  await writeFile(file, JSON.stringify(others));
  assert.match(await undo(first), /^Docker has another login to \S+ by now, which is left as it is$/);
  assert.deepEqual(await read(), others);
});

test('what a later step has done to DOCKER_CONFIG moves no login', async () => {
  const before = { auths: { [host]: { auth: earlier } } };
  const done = await logIn(before);
  const kept: unknown = JSON.parse(await readFile(join(done.folder ?? '', 'login.json'), 'utf8'));
  const elsewhere = join(world.scratch, 'elsewhere');
  await mkdir(elsewhere);
  // As if this were the folder that the job has by now.
  await writeFile(
    join(done.folder ?? '', 'login.json'),
    JSON.stringify(Object.assign({}, kept, { config: elsewhere })),
  );
  await writeFile(join(elsewhere, 'config.json'), JSON.stringify({ auths: { [host]: { auth: own } } }));
  await undo(done);
  assert.deepEqual(JSON.parse(await readFile(join(elsewhere, 'config.json'), 'utf8')), before);
  assert.deepEqual(await read(), { auths: { [host]: { auth: own } } });
});

test('a login that was in a store is back afterwards', async () => {
  const before = JSON.stringify({ ServerURL: host, Username: 'AWS', Secret: 'of the machine' });
  await writeFile(join(helpers.kept, host), before);
  const done = await logIn({ credsStore: 'keeps' });
  assert.equal(done.refusal, '');
  assert.ok((await readFile(join(helpers.kept, host), 'utf8')).includes(login.password));
  await undo(done);
  assert.deepEqual(JSON.parse(await readFile(join(helpers.kept, host), 'utf8')), JSON.parse(before));
  await rm(join(helpers.kept, host));
});

test('a store that had no login has none afterwards', async () => {
  const done = await logIn({ credHelpers: { [host]: 'keeps' } });
  assert.equal(done.refusal, '');
  assert.equal(await undo(done), `docker logout ${host}`);
  assert.deepEqual(await readdir(helpers.kept), []);
});

test('a helper or a store that does not take the login is named, and post has nothing to undo', async () => {
  const cases = {
    'credHelpers no-store':
      /docker-credential-no-store, .* by `credHelpers` .* did not store the login: .*not implemented/,
    'credsStore no-store': /docker-credential-no-store, .* by `credsStore` in \S+config\.json, did not store/,
    'credsStore locked':
      /docker-credential-locked, .* does not say what it has stored: the keychain is locked/,
    'credsStore unsure': /docker-credential-unsure, .* what it has stored: it answered and then failed\./,
    'credsStore missing': /docker-credential-missing, .*: docker-credential-missing is not on this runner/,
  };
  const before = await readdir(temp);
  for (const [which, words] of Object.entries(cases)) {
    const [member = '', name = ''] = which.split(' ');
    const done = await logIn({ [member]: member === 'credsStore' ? name : { [host]: name } });
    assert.match(done.refusal, words);
    assert.deepEqual([done.registry, done.folder], [undefined, undefined], which);
  }
  assert.deepEqual(await readdir(temp), before);
});

test('a helper that answers with another login than the one that it took is named', async () => {
  const done = await logIn({ credHelpers: { [host]: 'machine' } });
  assert.match(done.refusal, /docker-credential-machine, .* took the login, but answers with another one/);
  assert.match(await undo(done), /^Docker has the login/);
});

test('a keychain that never answers holds up neither the login nor post', async () => {
  const asked = await logIn({ credsStore: 'silent' }, 300);
  // A machine with much to do has spent part of the time before it asks.
  assert.match(asked.refusal, /docker-credential-silent, .* had not ended after 0\.[0-3] s, and was ended/);
  assert.ok(asked.took < 10_000);
  assert.equal(asked.registry, undefined);

  const stored = await logIn({ credsStore: 'silent-store' }, 1000);
  assert.match(
    stored.refusal,
    /docker-credential-silent-store, .* did not store the login: docker had not ended/,
  );
  assert.ok(stored.took < 10_000);
  // It may have been stored, so post tries to remove it, and does not wait for ever either.
  const began = performance.now();
  await assert.rejects(undo(stored, 300), /had not ended after 0\.[0-3] s/);
  assert.ok(performance.now() - began < 10_000);
});

test('a file that docker would write over is left alone, and so is a registry that does not answer', async () => {
  const text = '{"auths": {"a.example": {"auth": "c2VjcmV0';
  const unreadable = await logIn(text);
  assert.match(unreadable.refusal, /docker can't read all of \S+config\.json/);
  assert.doesNotMatch(unreadable.refusal, /c2VjcmV0/);
  assert.equal(await readFile(file, 'utf8'), text);
  assert.equal(unreadable.registry, undefined);

  world.gateFaults.add({ match: /^registry:GET \/v2\/$/, kind: 'server-error', times: 1 });
  assert.equal((await logIn({})).refusal, '', 'it is tried again');
  await run('docker', ['logout', host], environment);
});

test("the step's own configuration has the job's plugins, contexts, builders and logins, and its own login", async () => {
  await writeFile(file, JSON.stringify({ auths: { 'a.example': { auth: earlier } }, credsStore: 'silent' }));
  await run('docker', ['context', 'create', 'mine', '--docker', `host=${world.engine.host}`], environment);
  await run('docker', ['buildx', 'create', '--name', 'made-before', 'mine'], environment);
  const before = await readFile(file, 'utf8');
  const config = await openOwnConfig();
  assert.deepEqual(config.faults, []);
  const env = dockerEnvironment(config.environment(), []);
  const place = env['DOCKER_CONFIG'] ?? '';
  assert.match(await readFile(stateFile, 'utf8'), new RegExp(`^docker<<(\\S+)\\n${place}\\n\\1$`, 'm'));
  await Promise.all([
    config.addLogin(host, { user: 'AWS', password: 'first' }),
    config.addLogin('b.example', { user: 'me', password: 'mine' }),
    config.addLogin(host, login),
  ]);
  const written: unknown = JSON.parse(await readFile(join(place, 'config.json'), 'utf8'));
  assert.deepEqual(written, {
    auths: {
      'a.example': { auth: earlier },
      [host]: { auth: own },
      'b.example': { auth: Buffer.from('me:mine').toString('base64') },
    },
    credsStore: 'silent',
    credHelpers: { [host]: '', 'b.example': '' },
  });
  assert.equal((await stat(join(place, 'config.json'))).mode & 0o777, 0o600);
  assert.equal((await stat(place)).mode & 0o777, 0o700);
  assert.match(await run('docker', ['--context', 'mine', 'info'], env), /Server Version/);
  assert.match(
    await run('docker', ['buildx', 'inspect', 'made-before'], env),
    /^Driver: +docker-container$/m,
  );
  await run('docker', ['buildx', 'rm', 'made-before'], env);
  assert.equal(await readFile(file, 'utf8'), before);
  const scoped = join(folder, 'buildx', 'config');
  await mkdir(join(scoped, `${host}@push`), { recursive: true });
  assert.deepEqual(await config.scopedLoginsFor(host), [join(scoped, `${host}@push`)]);
  assert.deepEqual(await config.scopedLoginsFor('a.example'), []);
  await config.remove();
  assert.ok(
    (await readdir(join(folder, 'cli-plugins'))).length > 0,
    'the links are gone, and not what they lead to',
  );
  assert.equal((await readdir(temp)).includes(place.split('/').at(-1) ?? ''), false);
});

test('a configuration that is no file, is a link or is not there stops nothing', async () => {
  await rm(file);
  await mkdir(file);
  const odd = await openOwnConfig();
  assert.match(odd.faults.join(), /config\.json: it is no file\.$/);
  await rm(file, { recursive: true });
  await run('mkfifo', [file]);
  assert.match((await openOwnConfig()).faults.join(), /it is no file/);
  await rm(file);
  const none = await openOwnConfig();
  assert.deepEqual(none.faults, []);
  await none.addLogin(host, login);
  await writeFile(join(world.scratch, 'linked.json'), '{"auths":{}}');
  await symlink(join(world.scratch, 'linked.json'), file);
  const back = { host, kind: 'file', entry: { auth: earlier } };
  await undoJobLogin(host, await keep({ host, config: folder, written: '', earlier: back }));
  assert.match(await readFile(join(world.scratch, 'linked.json'), 'utf8'), /"auth": "/);
  assert.ok(
    (await readdir(folder, { withFileTypes: true })).some(
      each => each.name === 'config.json' && each.isSymbolicLink(),
    ),
  );
});

/** Keeps what is to be put back as the main step does. */
async function keep(value: object): Promise<string> {
  const place = join(temp, 'ecr-image-kept');
  await mkdir(place);
  await writeFile(join(place, 'login.json'), JSON.stringify(value));
  return place;
}
