import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Commit } from '../../src/commit/commit.ts';
import type { TagMutability } from '../../src/ecr/mutability.ts';
import { permissionsFor } from '../../src/permissions.ts';
import { makePlan } from '../../src/plan.ts';
import { movingFilters } from '../../src/tags/exclusion-filters.ts';
import { readTags } from '../../src/tags/inputs.ts';
import { planTags } from '../../src/tags/plan.ts';
import { selectReleases, sayWithheld, splitFixedAndMoving } from '../../src/tags/select-releases.ts';
import { modes } from '../../src/validation/mode.ts';
import { readerOf } from '../../src/validation/reader.ts';
import { branch, events, happening, tag } from '../commit/events.ts';
import { inputs } from '../sample.ts';

const series = [
  'type=semver,pattern={{version}}',
  'type=semver,pattern={{major}}.{{minor}}',
  'type=semver,pattern={{major}}',
].join('\n');

const mutable: TagMutability = { setting: 'MUTABLE', exclusions: [] };

function read(tags: string, flavor = '') {
  return readTags(readerOf(input => ({ tags, flavor })[input] ?? ''));
}

function choose(
  tags: string,
  commit: Commit,
  around: { flavor?: string; present?: string; mutability?: TagMutability } = {},
) {
  const { flavor = '', present = '', mutability = mutable } = around;
  const planned = planTags(read(tags, flavor), commit);
  const choice = selectReleases(planned, { mutability, present: present.split(' ') });
  return { ...choice, releases: choice.tags.releases.join(' ') };
}

const highest: [
  what: string,
  tags: string,
  gitTag: string,
  present: string,
  releases: string,
  flavor?: string,
][] = [
  ['nothing is there', series, 'v1.9.1', '', '1.9.1 1.9 1 latest'],
  ['an older release is there', series, 'v2.0.0', '1.9.1 1.9 1 latest', '2.0.0 2.0 2 latest'],
  ['a patch of an older line', series, 'v1.9.1', '1.9.0 2.0.0 2.0 2 latest', '1.9.1 1.9 1'],
  ['a patch of an older minor', series, 'v1.2.9', '1.10.0 1.10 1 latest', '1.2.9 1.2'],
  ['an older patch, built late', series, 'v1.2.3', '1.2.10 1.2 1 latest', '1.2.3'],
  ['the same release again', series, 'v1.2.3', '1.2.3 1.2 1 latest', '1.2.3 1.2 1 latest'],
  ['a higher prerelease is none', series, 'v1.9.1', '2.0.0-rc.1', '1.9.1 1.9 1 latest'],
  ['a prerelease moves nothing', series, 'v2.0.0-rc.1', '1.9.0', '2.0.0-rc.1'],
  ['dates are no versions', series, 'v1.9.1', '20261121 42 sha-0123456', '1.9.1 1.9 1 latest'],
  ['numbers are compared as numbers', series, 'v1.10.0', '1.9.0 1.2.0', '1.10.0 1.10 1 latest'],
  ['a tag with its v', 'type=semver,pattern={{raw}}', 'v1.9.1', 'v2.0.0', 'v1.9.1'],
  [
    'a variant among its own',
    series,
    'v1.9.1',
    '2.0.0',
    '1.9.1-alpine 1.9-alpine 1-alpine latest-alpine',
    'suffix=-alpine,onlatest=true',
  ],
  [
    'a variant behind its own',
    series,
    'v1.9.1',
    '2.0.0-alpine',
    '1.9.1-alpine 1.9-alpine 1-alpine',
    'suffix=-alpine,onlatest=true',
  ],
  ['only series are written', 'type=semver,pattern={{major}}.{{minor}}', 'v1.9.1', '2.0', '1.9'],
  ['the git tag as it is', 'type=ref,event=tag', 'v1.9.1', 'v2.0.0', 'v1.9.1'],
  ['the git tag of a prerelease', 'type=ref,event=tag', 'v2.0.0-rc.1', '', 'v2.0.0-rc.1'],
  ['a git tag that is no version', 'type=ref,event=tag', 'release-7', 'v2.0.0', 'release-7 latest'],
  ['a match', 'type=match,pattern=v(.*),group=1', 'v1.9.1', '2.0.0', '1.9.1'],
  ['a match that is a series', 'type=match,pattern=\\d+\\.\\d+', 'v2.0.0-rc.1', '', ''],
  ['a series by a match', 'type=match,pattern=v(\\d+\\.\\d+),group=1', 'v1.9.1', '2.0 1.9', '1.9'],
  ['a series by a match, with its v', 'type=match,pattern=v\\d+', 'v1.9.1', 'v2 v1', 'v1'],
  [
    'a series by a match that is the highest',
    'type=match,pattern=\\d+\\.\\d+',
    'v2.1.0',
    '2.0',
    '2.1 latest',
  ],
  ['a series of a package', 'type=match,pattern=app-v(\\d+\\.\\d+),group=1', 'app-v1.9.1', '2.0', '1.9'],
  ['a prerelease of a package', 'type=match,pattern=app-v(\\d+\\.\\d+),group=1', 'app-v2.0.0-rc.1', '', ''],
  ['a date', 'type=match,pattern=\\d+$', 'app2-20260101', '', '20260101 latest'],
  ['Python', 'type=pep440,pattern={{version}}\ntype=pep440,pattern={{major}}', '1.9.1', '2.0', '1.9.1 1'],
  ['Python, a higher prerelease', 'type=pep440,pattern={{version}}', '1.9.1', '2.0rc1', '1.9.1 latest'],
  [
    'asked for by name',
    'type=semver,pattern={{version}}\nlatest',
    'v1.9.1',
    '2.0.0',
    '1.9.1 latest',
    'latest=false',
  ],
  [
    'asked for by the flavor',
    'type=semver,pattern={{version}}',
    'v1.9.1',
    '2.0.0',
    '1.9.1 latest',
    'latest=true',
  ],
];

test('latest and the tags of series are for the highest release', () => {
  for (const [what, tags, gitTag, present, releases, flavor = ''] of highest)
    assert.equal(choose(tags, tag(gitTag), { present, flavor }).releases, releases, what);
});

test('where docker/metadata-action would move a tag and it stays, the log says why', () => {
  const { notes: told, tags } = choose(series, tag('v1.9.1'), { present: '2.0.0' });
  assert.deepEqual(told, [
    "The tag 'latest' stays where it is: 2.0.0 is there already, and 1.9.1 is not higher.",
  ]);
  assert.deepEqual(tags.names, ['1.9.1', '1.9', '1', 'latest']);
  const early = planTags(read('type=ref,event=tag'), tag('v2.0.0-rc.1'));
  assert.deepEqual(early.notes, ["The tag 'latest' stays where it is: 2.0.0-rc.1 is not released yet."]);
});

const marked: [tags: string, flavor: string, releases: string][] = [
  [series, '', '1.2.3'],
  ['type=ref,event=tag', '', 'v1.2.3'],
  ['type=match,pattern=v(\\d+),group=1', '', ''],
  ['type=match,pattern=v(.*),group=1', '', '1.2.3'],
  ['type=pep440,pattern={{version}}\ntype=pep440,pattern={{major}}', '', '1.2.3'],
  ['type=semver,pattern={{version}}\nstable\ntype=sha', '', '1.2.3 stable sha-0123456'],
  // What is written out is wanted.
  ['type=semver,pattern={{version}}', 'latest=true', '1.2.3 latest'],
  ['1.2\nprod', '', '1.2 prod'],
  ['', '', '1.2.3'],
];

test('a release that GitHub has as a draft or a prerelease moves neither latest nor a series, and the log says why', () => {
  const eventOf = (release: object, name = 'release') =>
    happening({ name, ref: 'refs/tags/v1.2.3', event: { release } });
  for (const [tags, flavor, releases] of marked) {
    for (const mark of [{ prerelease: true }, { draft: true }, { draft: true, prerelease: true }]) {
      const planned = planTags(read(tags, flavor), eventOf(mark));
      assert.equal(planned.releases.join(' '), releases, tags);
      assert.deepEqual(planned.claims, [], 'nothing is to be compared');
    }
  }
  const ofPackage = happening({
    name: 'release',
    ref: 'refs/tags/app-v1.2.3',
    event: { release: { prerelease: true } },
  });
  const ofMatches = 'type=match,pattern=app-v(.*),group=1\ntype=match,pattern=app-v(\\d+),group=1';
  assert.deepEqual(planTags(read(ofMatches), ofPackage).releases, ['1.2.3']);
  const noteOf = (commit: Commit) => planTags(read('type=semver,pattern={{version}}'), commit).notes.join();
  const stays = "The tag 'latest' stays where it is: the release that this event is about is a";
  assert.equal(noteOf(eventOf({ prerelease: true })), `${stays} prerelease.`);
  assert.equal(noteOf(eventOf({ draft: true })), `${stays} draft.`);
  for (const final of [
    eventOf({ draft: false, prerelease: false }),
    eventOf({}),
    eventOf({ draft: true }, 'push'),
  ])
    assert.equal(planTags(read(series), final).releases.join(' '), '1.2.3 1.2 1 latest');
});

test('variants of a version do not hold each other back', () => {
  const tags = 'type=semver,pattern={{version}}';
  const flavors: [flavor: string, latest: string, present: string][] = [
    ['', 'latest', '9.9.9-alpine alpine-9.9.9 9.9.9-20'],
    ['suffix=-alpine,onlatest=true', 'latest-alpine', '9.9.9 9.9.9-slim'],
    ['prefix=alpine-,onlatest=true', 'alpine-latest', '9.9.9 9.9.9-alpine'],
  ];
  for (const [flavor, latest, present] of flavors) {
    const planned = planTags(read(tags, flavor), tag('v1.2.3'));
    const { tags: chosen } = selectReleases(planned, {
      mutability: { setting: 'MUTABLE', exclusions: [] },
      present: present.split(' '),
    });
    assert.ok(chosen.releases.includes(latest), flavor);
  }
});

const immutable: [tags: string, commit: Commit, releases: string, exclusions: string[]][] = [
  [series, tag('v1.2.3'), '1.2.3', []],
  [series, tag('v1.2.3'), '1.2.3 1.2 latest', ['1.2', 'latest']],
  ['type=ref,event=branch\ntype=sha', branch('main'), 'sha-0123456', []],
  ['type=ref,event=branch\ntype=sha', branch('main'), 'main sha-0123456', ['main']],
  ['type=ref,event=pr\ntype=sha', events.pullRequest, '', []],
  ['type=schedule\ntype=edge\nstable\nbuild-42', events.schedule, 'build-42', []],
  ["type=schedule,pattern={{date 'YYYYMMDD'}}", events.schedule, '20261121', []],
];

test('tags that are meant to move and cannot are not given, and a warning names the filters', () => {
  for (const [tags, commit, releases, exclusions] of immutable) {
    const mutability: TagMutability = { setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions };
    assert.equal(choose(tags, commit, { mutability }).releases, releases, tags);
  }
  const [warning = ''] = choose(series, tag('v1.2.3'), {
    mutability: { setting: 'IMMUTABLE', exclusions: [] },
  }).warnings;
  assert.match(
    warning,
    /^The image does not get the tags '1\.2', '1', 'latest': .*exclusion filters '1\.2', '1', 'latest'/,
  );
});

const filters: [tags: string, filters: string[], flavor?: string][] = [
  ['', []],
  ['', ['latest'], 'latest=true'],
  ['', ['latest-alpine'], 'latest=true\nsuffix=-alpine,onlatest=true'],
  ['type=sha\nbuild-42', []],
  [
    `type=schedule\ntype=ref,event=branch\ntype=ref,event=pr\n${series}\ntype=sha`,
    ['latest', 'nightly', 'main', 'pr-*'],
  ],
  [series, ['latest']],
  [series, [], 'latest=false'],
  [series, ['latest-alpine'], 'suffix=-alpine,onlatest=true'],
  // `*-alpine` would let the commit's tag move, and `pr-*-alpine` does not.
  ['type=ref,event=branch\ntype=ref,event=pr', ['main-alpine', 'pr-*-alpine'], 'suffix=-alpine'],
  ['type=ref,event=branch', ['alpine-main'], 'prefix=alpine-'],
  ['stable', ['stable-alpine'], 'suffix=-alpine'],
  ['type=semver,pattern={{version}}\ntype=semver,pattern=v{{major}}', ['latest', 'v*']],
  ['type=semver,pattern={{raw}}\ntype=semver,pattern=v{{major}}', ['latest']],
  ['type=ref,event=tag\ntype=semver,pattern=v{{major}}', ['latest']],
  ['type=match,pattern=.*\ntype=semver,pattern=v{{major}}', ['latest']],
  ['type=match,pattern=v(.*),group=1\ntype=semver,pattern=v{{major}}', ['latest', 'v*']],
  ['type=match,pattern=api-(.*),group=1\ntype=semver,pattern=v{{major}}', ['latest']],
  ['v1.2.3\ntype=semver,pattern=v{{major}}', ['latest']],
  ['build-42\ntype=ref,event=branch,prefix=build-', ['build-main']],
  ['type=edge\nstable\nprod', ['edge', 'stable', 'prod']],
  ['type=ref,event=branch,prefix=branch-', ['branch-*']],
  ['type=ref,event=branch,prefix={{sha}}-', []],
  ['stable,enable=false', []],
  ["type=schedule,pattern={{date 'YYYY'}}", []],
];

test('a repository that the step makes lets the tags move that a filter can name without naming a version', () => {
  for (const [tags, expected, flavor = ''] of filters) {
    const wanted = read(tags, flavor);
    assert.deepEqual(movingFilters(wanted, branch('main')), expected, tags);
    const { exclusions } = makePlan({ ...inputs, tags: wanted }, branch('main')).repository.mutability;
    assert.deepEqual(exclusions, ['buildcache*', ...expected].slice(0, 5), tags);
    // The first job that builds a part of an image creates the repository for the one that joins them.
    const part = makePlan({ ...inputs, mode: 'build', tags: wanted }, branch('main'));
    assert.deepEqual(part.repository.mutability.exclusions, exclusions);
  }
});

const asking: [tags: string, commit: Commit, asks: boolean, flavor?: string][] = [
  ['', tag('v1.2.3'), false],
  ['stable\ntype=sha', tag('v1.2.3'), false],
  [series, branch('main'), true],
  ['type=semver,pattern={{version}}', tag('v1.2.3'), true],
  ['type=semver,pattern={{version}}', tag('v1.2.3'), false, 'latest=false'],
  ['type=ref,event=branch', branch('main'), false],
];

test('the role may look at the images only where the rules need it', () => {
  for (const [tags, commit, asks, flavor = ''] of asking) {
    for (const mode of modes) {
      const plan = makePlan({ ...inputs, mode, tags: read(tags, flavor) }, commit);
      const actions = permissionsFor(plan).Statement.flatMap(({ Action }) => Action);
      // A part of an image has no tags that anybody would ask for.
      assert.equal(actions.includes('ecr:DescribeImages'), asks && mode !== 'build', `${mode}: ${tags}`);
      assert.deepEqual(actions, [...new Set(actions)], `${mode}: ${tags}`);
    }
  }
});

test('what moves follows what does not, and what is withheld is told apart from what stays', () => {
  const planned = planTags(read(`latest\n${series}`, 'latest=false'), tag('v1.2.3'));
  assert.deepEqual(splitFixedAndMoving(planned), { fixed: ['1.2.3'], moving: ['1.2', '1', 'latest'] });
  const said: [withheld: string[], released: string[], text: string][] = [
    [[], [], 'Nothing is released'],
    [['1.2.3', 'latest'], [], 'Withheld: 1.2.3, latest'],
    [['latest'], ['1.2.3'], 'Withheld: latest; 1.2.3 was released earlier and stays on this image'],
    [[], ['1.2.3', '1'], '1.2.3, 1 were released earlier and stay on this image'],
  ];
  for (const [withheld, released, text] of said) assert.equal(sayWithheld(withheld, released), text);
});
