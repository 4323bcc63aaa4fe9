import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  foreignEngineFailure,
  foreignEngineOf,
  podmanCommandFailure,
} from '../../src/docker/foreign-engine.ts';
import type { EngineInfo, EngineUse, ForeignEngine } from '../../src/docker/foreign-engine.ts';

const docker = {
  ServerVersion: '28.5.2',
  OSType: 'linux',
  IndexServerAddress: 'https://index.docker.io/v1/',
};
const podmanParts = '[{"Name":"Podman Engine","Version":"5.4.2"},{"Name":"Conmon"}]';
const podman: ForeignEngine = { kind: 'podman', version: '5.4.2' };
const windows: ForeignEngine = { kind: 'windows' };

const engines: [name: string, info: EngineInfo, components: string | undefined, found?: ForeignEngine][] = [
  ["Docker's own", docker, undefined],
  ['none that answers', {}, undefined],
  ['one that says nothing of an index', { ServerVersion: '28', OSType: 'linux' }, undefined],
  ["Docker's for Windows", { ...docker, OSType: 'windows' }, undefined, windows],
  ["Podman's", { ...docker, ServerVersion: '5.4.2', IndexServerAddress: '' }, podmanParts, podman],
  ['another without an index', { ...docker, IndexServerAddress: '' }, '[{"Name":"Engine"}]'],
  ['one that lists nothing', { ...docker, IndexServerAddress: '' }, 'null'],
  ['one that answers in other words', { ...docker, IndexServerAddress: '' }, '<html>'],
];

test("an engine is Docker's own for Linux, or known as what it is, and only a doubtful one is asked again", async () => {
  for (const [name, info, components, found] of engines) {
    let asked = 0;
    const read = async () => {
      asked += 1;
      return components ?? '';
    };
    assert.deepEqual(await foreignEngineOf(info, read), found, name);
    assert.equal(asked, components === undefined ? 0 : 1, name);
  }
});

const uses: [engine: ForeignEngine, use: EngineUse, isRefused: boolean][] = [
  [windows, { driver: 'docker', load: false }, true],
  [windows, { driver: 'docker-container', load: false }, true],
  [windows, { driver: 'none', load: true }, true],
  [windows, { driver: 'none', load: false }, false],
  [podman, { driver: 'docker', load: false }, true],
  [podman, { driver: 'docker-container', load: true }, false],
  [podman, { driver: 'none', load: false }, false],
];

test('an engine that cannot build is refused, and no build that works without it', () => {
  for (const [engine, use, isRefused] of uses)
    assert.equal(foreignEngineFailure(engine, use) !== undefined, isRefused, `${engine.kind} ${use.driver}`);
});

test("Podman's command line is known by what it tells", () => {
  assert.match(
    podmanCommandFailure({ host: { buildahVersion: '1.39.4' }, version: { Version: '5.4.2' } })?.message ??
      '',
    /is Podman's, 5\.4\.2: /,
  );
  assert.match(podmanCommandFailure({ host: { buildahVersion: '1' } })?.message ?? '', /is Podman's: /);
  assert.equal(podmanCommandFailure({}), undefined);
});
