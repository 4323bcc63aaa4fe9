import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fingerprintOf } from '../../src/build/fingerprint.ts';
import { annotationsOf, deriveFromCommit, descriptionAsJson, describeImage } from '../../src/build/labels.ts';
import { makePlan } from '../../src/plan.ts';
import { branch, events, tag } from '../commit/events.ts';
import { build, inputs, sha } from '../sample.ts';

const oci = 'org.opencontainers.image';
const commit = branch('main');
const derived = deriveFromCommit(commit, '1.2.3');

function describe(labels: string[], annotations: string[] = []) {
  return describeImage({ labels, annotations }, derived, commit);
}

test('an image says where it comes from, in the words of the OCI, and when its commit was made', () => {
  assert.deepEqual(describe([]).labels, [
    `${oci}.created=2026-10-01T12:00:00.000Z`,
    `${oci}.description=Says hello`,
    `${oci}.licenses=MIT`,
    `${oci}.revision=${sha}`,
    `${oci}.source=https://github.com/octo-org/octo-repo`,
    `${oci}.title=octo-repo`,
    `${oci}.url=https://github.com/octo-org/octo-repo`,
    `${oci}.version=1.2.3`,
  ]);
});

test('what nobody says is left out; a pull request is its head', () => {
  const names = (...from: Parameters<typeof deriveFromCommit>) =>
    [...deriveFromCommit(...from).keys()].map(each => each.replace(`${oci}.`, ''));
  assert.deepEqual(names(events.empty, undefined), ['revision', 'source', 'title', 'url']);
  assert.equal(deriveFromCommit(events.pullRequest, undefined).get(`${oci}.revision`), sha);
});

test("the user's own labels and annotations take the place of the derived ones", () => {
  const { labels, derivedAnnotations, annotations } = describe(
    [`${oci}.title=Hello`, 'team=web', `${oci}.created=`, 'empty='],
    [`manifest,index:${oci}.url=https://example.com`, `index:${oci}.title=All`, `${oci}.licenses=`],
  );
  assert.ok(
    labels.includes(`${oci}.title=Hello`) && labels.includes('team=web') && labels.includes('empty='),
  );
  assert.equal(labels.filter(each => each.startsWith(`${oci}.title`)).length, 1);
  assert.ok(!labels.some(each => each.startsWith(`${oci}.created`)));
  const noted = derivedAnnotations.map(each => each.split('=')[0]?.replace(`manifest:${oci}.`, ''));
  assert.deepEqual(noted, ['created', 'description', 'revision', 'source', 'title', 'version']);
  assert.deepEqual(annotations, [`manifest,index:${oci}.url=https://example.com`, `index:${oci}.title=All`]);
});

test('of what is given twice the last counts, and each annotation of the outputs has its level', () => {
  const { labels, annotations, derivedAnnotations } = describe(
    [`${oci}.title=`, 'a=1', `${oci}.title=Hello`, 'b=1', 'a=2'],
    ['x=1', 'index:x=2', 'manifest:x=3', 'manifest[linux/amd64],index:y=1', 'z=1', 'z=2'],
  );
  assert.deepEqual(
    labels.filter(each => /^(a|b|.*title)=/.test(each)),
    [`${oci}.title=Hello`, 'a=2', 'b=1'],
  );
  assert.deepEqual(annotations, ['manifest:x=3', 'index:x=2', 'manifest[linux/amd64],index:y=1', 'z=2']);
  const told = annotationsOf({ labels, annotations, derivedAnnotations });
  assert.ok(told.includes('manifest:z=2') && told.includes(`manifest:${oci}.title=octo-repo`));
  assert.ok(told.every(each => /^(manifest|index)/.test(each)));
});

test("expressions are written out, and braces that are the text's own stay", () => {
  const { labels } = describe([
    'branch={{branch}}',
    "day={{commit_date 'YYYY-MM-DD'}}",
    'rule={{.Names}} {{',
    'x={{ env "A" }}',
  ]);
  assert.deepEqual(labels.slice(-4), [
    'branch=main',
    'day=2026-10-01',
    'rule={{.Names}} {{',
    'x={{ env "A" }}',
  ]);
});

test('the json is that of docker/metadata-action', () => {
  const told: unknown = JSON.parse(
    descriptionAsJson(
      { labels: ['a=b=c'], derivedAnnotations: ['manifest:x=y'], annotations: ['index:z=', 'w=v'] },
      { references: ['u:1'], tags: ['1'] },
    ),
  );
  const annotations = ['manifest:x=y', 'index:z=', 'manifest:w=v'];
  assert.deepEqual(told, { tags: ['u:1'], 'tag-names': ['1'], labels: { a: 'b=c' }, annotations });
});

test('what an event calls the image does not make it another: the release of a built commit needs no build', () => {
  const planned = [branch('main'), tag('v1.2.3')].map(each => makePlan(inputs, each).build);
  assert.notDeepEqual(planned[0]?.description, planned[1]?.description);
  assert.equal(new Set(planned.map(each => fingerprintOf(each))).size, 1);
});

test('with derive-labels: false the image says what the user says alone', () => {
  const quiet = { ...inputs, build: { ...build, deriveLabels: false, labels: ['a=b'] } };
  assert.deepEqual(makePlan(quiet, commit).build.description, {
    labels: ['a=b'],
    derivedAnnotations: [],
    annotations: [],
  });
});
