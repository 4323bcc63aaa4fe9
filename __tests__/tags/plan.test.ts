import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { commitTagOf, platformTagOf } from '../../src/commit/commit-tag.ts';
import type { CommitAffixes } from '../../src/commit/commit-tag.ts';
import type { Commit } from '../../src/commit/commit.ts';
import { refNamesOf } from '../../src/commit/strangers.ts';
import { cacheTag } from '../../src/ecr/mutability.ts';
import { isTag } from '../../src/ecr/reference.ts';
import { makePlan } from '../../src/plan.ts';
import { commitAffixesOf } from '../../src/tags/flavor.ts';
import { readTags, rejectCommitTag } from '../../src/tags/inputs.ts';
import { planTags } from '../../src/tags/plan.ts';
import { readerOf } from '../../src/validation/reader.ts';
import { branch, events, happening, other, tag } from '../commit/events.ts';
import { inputs, sha } from '../sample.ts';
import { table } from './tags-table.ts';

const repository = {
  type: 'private',
  name: 'team/app',
  registryId: '123456789012',
  region: 'eu-central-1',
} as const;

function read(tags: string, flavor = '') {
  const reader = readerOf(input => ({ tags, flavor })[input] ?? '');
  return { inputs: readTags(reader, { repository }), faults: reader.close()?.message };
}

function plan(tags: string, commit: Commit, flavor = '') {
  const { inputs: wanted, faults } = read(tags, flavor);
  assert.equal(faults, undefined);
  return planTags(wanted, commit);
}

test('rules give the same names in the same order as docker/metadata-action', () => {
  assert.ok(table.length > 200);
  for (const [tags, flavor, commit, names] of table) {
    const told = `${tags} | ${flavor} | ${commit.event} ${commit.ref}`;
    assert.equal(plan(tags, commit, flavor).names.join(' '), names, told);
  }
});

test('a short SHA is as long as docker/metadata-action is told to make it', () => {
  const tags = 'type=sha\nx{{sha}}\ntype=sha,format=long,prefix=long-';
  assert.deepEqual(plan(tags, { ...branch('main'), shaLength: 12 }).names, [
    'x0123456789ab',
    'sha-0123456789ab',
    `long-${sha}`,
  ]);
});

const withoutRules: [commit: Commit, flavor: string, releases: string[]][] = [
  [branch('main'), '', []],
  [tag('v1.2.3'), '', ['1.2.3']],
  [tag('v1.2.3-rc.1'), '', ['1.2.3-rc.1']],
  [tag('v1.2.3+build.5'), '', ['1.2.3']],
  [tag('v1.2'), '', []],
  [tag('nightly'), '', []],
  [events.release, '', ['1.2.3']],
  [events.schedule, '', []],
  [tag('v1.2.3'), 'latest=auto', ['1.2.3']],
  [tag('v1.2.3'), 'latest=true', ['1.2.3', 'latest']],
  [tag('v1.2.3'), 'suffix=-alpine', ['1.2.3-alpine']],
  [branch('main'), 'latest=true', []],
];

test('without rules a git tag gives its version, and no other tag is moved', () => {
  for (const [commit, flavor, releases] of withoutRules)
    assert.deepEqual(plan('', commit, flavor).releases, releases, `${commit.ref} ${flavor}`);
});

test('the commit that is built is the tag that is pushed, and no release', () => {
  assert.equal(plan('stable', branch('main')).candidate, sha);
  assert.deepEqual(plan('type=sha,prefix=,format=long\nstable', branch('main')).releases, ['stable']);
  assert.equal(plan('', events.pullRequest).candidate, other);
});

const variants: [flavor: string, commit: Commit, candidate: string][] = [
  ['suffix=-alpine', branch('main'), `${sha}-alpine`],
  ['prefix=alpine-', branch('main'), `alpine-${sha}`],
  ['prefix=a-\nsuffix=-b,onlatest=true', tag('v1.2.3'), `a-${sha}-b`],
  ['suffix=-node/22', branch('main'), `${sha}-node-22`],
  ['suffix=-alpine', events.pullRequest, `${other}-alpine`],
  ['suffix=-alpine', events.release, `${sha}-alpine`],
  // The text of an expression depends on the event, and a release takes the image that main has built.
  ['suffix=-{{branch}}', branch('main'), sha],
  ['prefix=a-\nsuffix=-{{sha}}', tag('v1.2.3'), `a-${sha}`],
  ['latest=true', branch('main'), sha],
];

test("a flavor names the commit's tag too, unless its text depends on the event, and a rule names its own tag alone", () => {
  for (const [flavor, commit, candidate] of variants) {
    const planned = plan(
      'type=raw,value=x,prefix=p-,suffix=-s\ntype=sha,format=long,prefix=,suffix=',
      commit,
      flavor,
    );
    assert.equal(planned.candidate, candidate, flavor);
    assert.equal(planned.releases[0], 'p-x-s');
    const isLeftOff = planned.notes.some(note =>
      note.startsWith(`The commit's tag ${candidate} is without the`),
    );
    assert.equal(isLeftOff, flavor.includes('{{'), flavor);
  }
  const full = 'type=sha,format=long,prefix=';
  assert.deepEqual(plan(full, branch('main'), 'suffix=-alpine').releases, [], "it is the commit's tag");
  const { releases, notes } = plan(full, events.pullRequest, 'suffix=-alpine');
  assert.deepEqual(releases, [], "nor does a merge get the head's tag");
  assert.match(notes.join(), /does not get the tag '0123.*-alpine', because it is built from eeeee/);
  const byRule = plan(`${full},suffix=-slim\ntype=sha,format=long`, events.pullRequest);
  assert.deepEqual(byRule.releases, [`sha-${sha}`], 'whose suffix it is makes no difference');
});

const posing: [tags: string, name: string, releases: string[]][] = [
  // The tags of another commit's variant, of a part of its image, and of a content.
  ['type=ref,event=branch', `${other}-alpine`, []],
  ['type=ref,event=branch', `${other}/linux/arm64`, []],
  ['type=ref,event=branch', `content-${other}`, []],
  ['type=ref,event=branch,suffix=-slim', `alpine-${other}`, []],
  ['type=raw,value={{branch}}\nstable', `${other}-alpine`, ['stable']],
  [`type=raw,value=${other}-alpine\nstable`, `${other}-alpine`, ['stable']],
  // The commit's own SHA, and what the workflow itself says.
  ['type=ref,event=branch', `${sha}-copy`, [`${sha}-copy`]],
  [`deps-${'ab'.repeat(32)}`, 'main', [`deps-${'ab'.repeat(32)}`]],
  [`after-${other}`, 'main', [`after-${other}`]],
];

test("no branch and no git tag is called so that its image would be taken for another commit's", () => {
  for (const [tags, name, releases] of posing) {
    const { releases: planned, notes } = plan(tags, branch(name));
    assert.deepEqual(planned, releases, `${tags} ${name}`);
    assert.equal(
      notes.some(note => note.includes('reads as the SHA of another commit')),
      name.includes(other),
    );
  }
  assert.deepEqual(plan('type=ref,event=tag', tag(`${other}-alpine`), 'latest=false').releases, []);
});

const ofFeature = {
  workflow_run: { event: 'push', head_branch: 'x', head_repository: { full_name: 'octo-org/octo-repo' } },
};

const openEvents = ['issue_comment', 'issues', 'discussion', 'workflow_run', 'watch'];

test('what a comment or another event that anybody can cause has checked out gets no tag of the default branch', () => {
  const tags =
    'type=ref,event=branch\ntype=edge\nb-{{branch}}\ntype=raw,value=now,enable={{is_default_branch}}';
  for (const name of openEvents) {
    const of = (built: string) =>
      plan(
        tags,
        happening({ name, ref: 'refs/heads/main', event: ofFeature }, { checkedOut: { sha: built } }),
      );
    assert.deepEqual(of(other).releases, ['b-'], name);
    assert.ok(
      of(other).notes.some(note => note.includes('no tag is named after main')),
      name,
    );
    assert.deepEqual(of(sha).releases, ['edge', 'main', 'b-main', 'now'], name);
  }
});

test("a flavor that makes no tag of the commit's is one clear error, which says what it holds for", () => {
  const faultOf = (flavor: string, commitTag: (affixes: CommitAffixes) => string): string => {
    const reader = readerOf(input => ({ flavor })[input] ?? '');
    const affixes = commitAffixesOf(readTags(reader).flavor);
    rejectCommitTag(reader, affixes, commitTag(affixes));
    return reader.close()?.message ?? '';
  };
  const whole = (affixes: CommitAffixes): string => commitTagOf(sha, affixes);
  const part = (affixes: CommitAffixes): string =>
    platformTagOf(whole(affixes), ['linux/amd64', 'linux/arm64']);
  const dash = faultOf('prefix=-alpine-', whole);
  assert.match(
    dash,
    /flavor: 'prefix=-alpine-' would make '-alpine-0123.*' of the commit's tag, .*does not begin/,
  );
  assert.match(dash, /as in `suffix=-alpine`.*is a `prefix=` or `suffix=` of that rule/);
  assert.match(faultOf('prefix=buildcache-', whole), /layers are cached under 'buildcache'/);
  assert.match(
    faultOf(`suffix=-${'x'.repeat(90)}`, whole),
    /it has 131 characters, and a tag has 128 at most/,
  );
  const long = `suffix=-${'x'.repeat(70)}`;
  assert.deepEqual([faultOf(long, whole), faultOf('suffix=-alpine', part)], ['', '']);
  assert.match(faultOf(long, part), /it has 135 characters/);
});

test("a pull request's head is no tag of what GitHub merges it into, and is one of itself", () => {
  const full = 'type=sha,prefix=,format=long\ntype=sha';
  const { releases, notes } = plan(full, events.pullRequest);
  assert.deepEqual(releases, ['sha-0123456']);
  assert.match(
    notes.join(),
    /does not get the tag '0123456789.*', because it is built from eeeee.*Check the head out/,
  );
  const checkedOut = { sha, committedAt: '2026-10-01T12:00:00.000Z' };
  const head = { pull_request: { number: 7, head: { sha } } };
  const built = happening(
    { name: 'pull_request', ref: 'refs/pull/7/merge', sha: other, event: head },
    { checkedOut },
  );
  assert.deepEqual([plan(full, built).candidate, plan(full, built).notes], [sha, []]);
});

const versionRule = 'type=semver,pattern={{version}}';

const unfit: [commit: Commit, note: RegExp][] = [
  [branch('🚀'), /'-': a tag does not begin with '\.' or '-'/],
  [branch('.hidden'), /'\.hidden': a tag does not begin/],
  [branch('x'.repeat(300)), /it has 300 characters, and a tag has 128 at most/],
  [branch('buildcache-2'), /'buildcache-2': layers are cached under 'buildcache'/],
];

test('a name that no tag can have is not given, and the log says why', () => {
  for (const [commit, note] of unfit) {
    const { releases, version, notes } = plan('type=ref,event=branch\nstable', commit);
    assert.deepEqual([releases, version], [['stable'], 'stable']);
    assert.match(notes.join(), note);
  }
});

test('a git tag that is no version gets a word, once', () => {
  const { notes } = plan('type=semver,pattern={{version}}\ntype=semver,pattern={{major}}', tag('release-7'));
  assert.deepEqual(notes, [
    "'release-7' is no version by the rules of https://semver.org: no tag is made of it.",
  ]);
  assert.match(plan('', tag('v1.2')).notes.join(), /^'v1\.2' is no version/);
  assert.match(plan('type=pep440,pattern={{version}}', tag('x')).notes.join(), /pep-0440/);
  assert.match(plan('type=match,pattern=^v', tag('x')).notes.join(), /'x' has nothing that/);
  assert.deepEqual(plan('', branch('main')).notes, []);
});

test('a date that nobody knows is said to be that of the run', () => {
  const dated = "type=raw,value={{commit_date 'YYYYMMDD'}}";
  const { names, notes } = plan(dated, events.pullRequest);
  assert.deepEqual(names, ['20261121']);
  assert.match(notes.join(), /^\{\{commit_date\}\} is the time of this run: .*0123456789.*`fetch-depth: 2`/);
  assert.deepEqual(plan('type=sha', events.pullRequest).notes, []);
  assert.deepEqual(plan(dated, branch('main')).notes, []);
});

test('a flavor is written on latest as it is on every other tag', () => {
  const flavor = 'latest=true\nsuffix=-{{sha}},onlatest=true';
  assert.deepEqual(plan('stable', branch('main'), flavor).names, ['stable-0123456', 'latest-0123456']);
});

test('a variant whose latest any other one would take is told so, where it is given', () => {
  const notesOf = (flavor: string, commit: Commit): string =>
    plan('type=semver,pattern={{version}}', commit, flavor).notes.join();
  const told = notesOf('suffix=-alpine', tag('v1.2.3'));
  assert.match(told, /^The tag 'latest' is without the suffix of `flavor`, .*`suffix=…,onlatest=true`/);
  for (const flavor of ['', 'suffix=-alpine,onlatest=true', 'latest=false\nsuffix=-alpine', 'suffix='])
    assert.equal(notesOf(flavor, tag('v1.2.3')), '', flavor);
  assert.equal(notesOf('suffix=-alpine', branch('main')), '');
  assert.doesNotMatch(notesOf('suffix=-alpine', tag('v1.2.3-rc.1')), /onlatest/);
});

const refused: [tags: string, fault: RegExp][] = [
  [
    'type=semvr,pattern={{version}}',
    /tags: 'type=semvr,pattern=\{\{version\}\}' has the type 'semvr', which is not one of the choices\..*Did you mean 'semver'\?/,
  ],
  ['type=semver', /has no pattern\. Write it so: type=semver,pattern=\{\{version\}\}/],
  ['type=semver,pattern=', /has no pattern/],
  ['type=match', /has no pattern/],
  ['type=ref', /has no event/],
  [
    'type=ref,event=brnach',
    /'brnach', which is not one of the choices\. Allowed: branch, tag, pr\. Did you mean 'branch'\?/,
  ],
  ['type=raw', /has no value/],
  ['type=sha,format=medium', /has the format 'medium'/],
  ['type=sha,fromat=long', /has 'fromat', which type=sha does not take\..*Did you mean 'format'\?/],
  ['type=sha,pattern={{version}}', /has 'pattern', which type=sha does not take/],
  ['typ=sha', /has 'typ', which type=raw does not take\..*Did you mean 'type'\?/],
  ['type=raw,value=a,value=b', /says 'value' twice/],
  ['type=raw,value=x,enable=maybe', /'maybe', which is neither true nor false/],
  ['type=raw,value=x,enable=', /neither true nor false/],
  ['type=raw,value=x,enable={{branch}}', /neither true nor false/],
  ['type=raw,value=x,enable={{is_default_branche}}', /neither true nor false/],
  ['type=raw,value=x,priority=high', /'high', which is not a number/],
  ['type=raw,value={{branhc}}', /has \{\{branhc\}\}, which is not known here\..*Did you mean 'branch'\?/],
  ['type=raw,value={{#if branch}}x{{/if}}', /has \{\{#if branch\}\}, which is not known here/],
  ['type=raw,value={{branch', /has a '\{\{' that is not closed/],
  ['type=raw,value={{branch x}}', /which cannot be read\. Write \{\{branch\}\} alone/],
  ['type=raw,value={{date}}', /cannot be read\. Write \{\{date 'YYYYMMDD'\}\}/],
  [
    "type=raw,value={{date 'dddd, MMMM Do YYYY'}}",
    /says 'value' twice\. .*quotes to a field that has a comma in it/,
  ],
  [
    "type=raw,value={{date 'YYYY' tz='Europe/Berlni'}}",
    /time zone 'Europe\/Berlni', which is not known\..*Did you mean 'europe\/berlin'\?/i,
  ],
  [
    'type=semver,pattern={{version}}-{{sha}}',
    /has \{\{sha\}\}, which is not known here\. Allowed: version, raw/,
  ],
  ['type=schedule,pattern={{branch}}', /Allowed: date, commit_date/],
  ['type=match,pattern=(', /'\(', which is no regular expression/],
  [
    'type=match,pattern=v(.*),group=2',
    /the group '2', which is no group of the pattern\. Allowed: a whole number from 0 to 1/,
  ],
  ['type=semver,pattern={{version}},match=\\d+', /'\\d\+', which has no group/],
  [
    'type=semver,pattern="{{version}}"',
    /has quotes inside the field 'pattern="\{\{version\}\}"'.*Write pattern=\{\{version\}\} without them/,
  ],
  ['type=semver,pattern="{{major}},{{minor}}"', /has quotes inside the field 'pattern="\{\{major\}\}'/],
  ['type=ref,event=branch,suffix="-dev"', /has quotes inside the field 'suffix="-dev"'/],
  ["type=ref,event=branch,suffix='-dev'", /has quotes inside the field/],
  ['type=edge,branch="main"', /has quotes inside the field/],
  ["type=match,pattern='v(.*)'", /has quotes inside the field/],
  ["'latest'", /has quotes inside the field ''latest''.*Write latest without them/],
  ["type=raw,value=it's", /has quotes in it, which no tag has/],
  ['type=schedule,pattern=a"b', /has quotes in it, which no tag has/],
  ["type=raw,value={{date 'YYYYMMDD' timezone='Asia/Tokyo'}}", /cannot be read\. .*tz='Europe\/Berlin'/],
  ["type=raw,value={{date 'YYYYMMDD' 'Asia/Tokyo'}}", /cannot be read/],
  ["type=raw,value={{date 'YYYYMMDD' tz=Asia/Tokyo}}", /cannot be read/],
  ["type=raw,value={{date 'YYYYMMDD' tz='UTC' tz='UTC'}}", /cannot be read/],
  ["type=schedule,pattern={{date 'YYYY\" tz='UTC'}}", /cannot be read/],
  [
    '210987654321.dkr.ecr.eu-central-1.amazonaws.com/team/app:1.2.3',
    /is a reference of another repository than 'team\/app'.*its tag alone is enough.*Did you mean '1\.2\.3'\?/,
  ],
  ['123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app:1', /is a reference of another repository/],
  ['123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/web:1', /is a reference of another repository/],
  ['ghcr.io/team/app:1', /is a reference of another repository/],
  ['/team/app:1', /is a reference of another repository/],
  ['public.ecr.aws/octo/team/app:1', /is a reference of another repository/],
  [`team/app@sha256:${'0'.repeat(64)}`, /is a reference of another repository/],
  ['team/app:', /is a reference without a tag/],
  ['@octo/web@1.2.3', /'@octo\/web@1\.2\.3' is not a tag/],
  ['type=raw,value=web:{{branch}}', /is a reference of another repository/],
  ['-alpine', /'-alpine' is not a tag/],
  ['type=raw,value=x,prefix=-', /is not a tag/],
  ['buildcache-2', /is where layers are cached/],
  ['x'.repeat(129), /is not a tag/],
];

test('rules that would be ignored, or mean nothing, are refused with the nearest right word', () => {
  for (const [tags, fault] of refused) assert.match(read(tags).faults ?? 'no fault', fault, tags);
});

const refusedFlavors: [flavor: string, fault: RegExp][] = [
  ['latest=yes', /flavor: 'latest=yes' has the latest 'yes', which is not one of the choices/],
  ['lastest=true', /has 'lastest', which `flavor` does not take\..*Did you mean 'latest'\?/],
  ['latest', /has 'latest'/],
  ['prefix={{brnch}}', /Did you mean 'branch'/],
  ['onlatest=true', /has 'onlatest' beside no single prefix or suffix/],
  ['prefix=a,suffix=b,onlatest=true', /has 'onlatest' beside no single/],
  ['prefix=a,prefix=b', /says 'prefix' twice/],
  ['suffix="-alpine"', /has quotes inside the field 'suffix="-alpine"'.*Write suffix=-alpine without them/],
  ["prefix=a'b", /has quotes in it, which no tag has/],
];

const uri = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app';

const asOthersWrite: [tags: string, names: string][] = [
  [`${uri}:1.2\n${uri}:stable`, '1.2 stable'],
  [`${uri}:1.2,${uri}:stable`, '1.2 stable'],
  ['Team/App:1.2', '1.2'],
  ['team/app:b-{{branch}}', 'b-main'],
  ['team/app:{{branch}}', 'main'],
  [`type=raw,value=${uri}:stable,priority=1`, 'stable'],
  [uri, 'latest'],
  ['123456789012.dkr-ecr.eu-central-1.on.aws/team/app:1.2', '1.2'],
  ['prod,staging, canary,', 'prod staging canary'],
  ['  # a comment\nprod', 'prod'],
  ['feature/x', 'feature-x'],
  ['type=raw,value=web@1.2.3', 'web-1.2.3'],
  [`${uri}:${sha}`, sha],
];

test('tags are taken as docker/build-push-action takes them: references of the repository, on lines or between commas', () => {
  for (const [tags, names] of asOthersWrite)
    assert.equal(plan(tags, branch('main')).names.join(' '), names, tags);
  assert.deepEqual(plan(`${uri}:1.2\nteam/app:1.3`, branch('main')).registries, ['123456789012']);
  const reader = readerOf(input => (input === 'tags' ? '/hello:1.2' : ''));
  // A pull request from a fork may not be told the variables that name the repository.
  assert.deepEqual(planTags(readTags(reader), branch('main')).names, ['1.2']);
});

test('the name of a branch is one name, whatever its author put into it', () => {
  const tags = 'pr-a,latest\nprod,staging';
  const of = (refs: string[]) =>
    planTags(
      readTags(
        readerOf(input => (input === 'tags' ? tags : '')),
        { refs },
      ),
      branch('main'),
    ).names;
  assert.deepEqual(of(['a,latest']), ['pr-a-latest', 'prod', 'staging']);
  assert.deepEqual(of(['main', 'a']), ['pr-a', 'latest', 'prod', 'staging']);
  const event = { pull_request: { head: { ref: 'x,latest' } }, workflow_run: { head_branch: 'y,latest' } };
  assert.deepEqual(refNamesOf({ GITHUB_HEAD_REF: 'z,1', GITHUB_BASE_REF: '' }, event), [
    'z,1',
    'x,latest',
    'y,latest',
  ]);
});

test('a date may have spaces around the sign of its zone, and the other quotes in it', () => {
  const rules = `type=raw,value={{date 'YYYYMMDD' tz = 'Asia/Tokyo'}}\ntype=raw,value={{{date "[it's]YYYY"}}}`;
  assert.deepEqual(plan(rules, branch('main')).names, ['20261122', 'it-s2026']);
});

test('a name that is written out is put on the image without a question', () => {
  const block = [versionRule, 'type=semver,pattern={{major}}.{{minor}}', 'latest', 'type=raw,value=1.2'].join(
    '\n',
  );
  const prerelease = plan(block, tag('v1.2.0-rc.1'));
  assert.deepEqual(prerelease.releases, ['1.2.0-rc.1', 'latest', '1.2']);
  const release = plan(block, tag('v1.2.3'));
  assert.deepEqual([release.releases, release.claims], [['1.2.3', '1.2', 'latest'], []]);
  const auto = plan([versionRule, 'type=semver,pattern={{major}}.{{minor}}'].join('\n'), tag('v1.2.3'));
  assert.deepEqual(
    auto.claims.map(each => each.tag),
    ['1.2', 'latest'],
  );
});

const affixes: [flavor: string, names: string][] = [
  ['latest=true,prefix=a-,onlatest=true,suffix=-b,onlatest=true', 'a-stable-b a-latest-b'],
  ['latest=true,suffix=-b,onlatest=false,prefix=a-,onlatest=true', 'a-stable-b a-latest'],
  ['latest=true,prefix=a-,onlatest=true,suffix=-b', 'a-stable-b a-latest'],
  ['latest=true\nprefix=a-,onlatest=true\nprefix=b-', 'b-stable b-latest'],
];

test('a prefix and a suffix each have an onlatest of their own, on one line too', () => {
  for (const [flavor, names] of affixes)
    assert.equal(plan('stable', branch('main'), flavor).names.join(' '), names, flavor);
});

test('a flavor that means nothing is refused', () => {
  for (const [flavor, fault] of refusedFlavors)
    assert.match(read('stable', flavor).faults ?? 'no fault', fault, flavor);
});

test('commas stay within quotes', () => {
  const commit = tag('v12.3.45');
  assert.deepEqual(plan('type=match,"pattern=\\d{1,3}\\.\\d{1,3}"', commit).names, ['12.3', 'latest']);
});

const rules = fc.constantFrom(...new Set(table.map(([tags]) => tags)));

const flavors = fc.constantFrom(...new Set(table.map(([, flavor]) => flavor)));

const words = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
  fc.constantFrom('v1.2.3', 'a/b'),
);

const commits = fc.oneof(words.map(branch), words.map(tag), fc.constantFrom(...Object.values(events)));

test('whatever a branch or a tag is called, every tag is one that a registry takes, and none is the cache', () => {
  fc.assert(
    fc.property(fc.tuple(rules, flavors, commits), ([tags, flavor, commit]) => {
      const { candidate, releases, names, version } = plan(tags, commit, flavor);
      for (const each of releases)
        assert.ok(isTag(each) && !each.startsWith(cacheTag) && each !== candidate, each);
      assert.ok(version === undefined || names.includes(version));
      assert.equal(new Set(names).size, names.length);
    }),
    { numRuns: 300 },
  );
});

test('the same inputs and commit give the same plan, byte for byte', () => {
  fc.assert(
    fc.property(fc.tuple(rules, flavors, commits), ([tags, flavor, commit]) => {
      const once = () => {
        const wanted = { ...inputs, tags: read(tags, flavor).inputs };
        return JSON.stringify(makePlan(structuredClone(wanted), structuredClone(commit)));
      };
      assert.equal(once(), once());
    }),
    { numRuns: 100 },
  );
});
