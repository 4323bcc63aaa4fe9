import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutReplicationConfigurationCommand } from '@aws-sdk/client-ecr';
import { clientsOf } from '../world/aws/sample.ts';
import { run as execute } from '../world/docker/command.ts';
import { pullRequest } from '../world/github/event.ts';
import { describeJob } from '../world/github/job.ts';
import { chained, commitOf, common } from './stage.ts';
import type { Scenario, Scene, Stage } from './stage.ts';

const lifecycle = JSON.stringify({
  rules: [
    {
      rulePriority: 1,
      description: 'Untagged images go after two weeks',
      selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14 },
      action: { type: 'expire' },
    },
  ],
});

const version = 'refs/tags/v1.2.3';

/** A run whose repository and commit are new, unless one of them is given. */
async function newScene(
  { checkout }: Pick<Stage, 'checkout'>,
  id: string,
  { options = {}, repository = `matrix/${id}`, release, ...rest }: Partial<Scene> & NewScene = {},
): Promise<Scene> {
  const sha = commitOf(id);
  const releases = release === undefined ? [] : [release];
  const isJudged = options.with?.['wait-for-scan'] !== 'false' && options.with?.['mode'] !== 'build';
  return {
    repositories: [repository],
    tags: [sha, ...releases],
    releases,
    isJudged,
    names: { repository, commit: sha, id },
    ...rest,
    options: {
      sha,
      ...options,
      workspace: options.workspace ?? (await checkout(id)),
      with: { ...common, ...(isJudged && { 'scan-timeout': '20s' }), repository, ...options.with },
    },
  };
}

interface NewScene {
  repository?: string;
  release?: string;
}

const settings = {
  'repository-tags': 'team=web\ncost-centre=4711',
  'lifecycle-policy': lifecycle,
  'pull-accounts': '210987654321',
  'pull-services': 'lambda',
};

function inPublic(description: string): Record<string, string> {
  const catalog = { description, operatingSystems: ['Linux'] };
  return {
    'registry-type': 'public',
    'wait-for-scan': 'false',
    'catalog-data': JSON.stringify(catalog),
  };
}

/** Each has its own calls; what several have is met in each of them, as what follows differs. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'first-build',
    title: 'the first build of a release, with all settings of the repository, cached in the registry',
    open: async stage => id =>
      newScene(stage, id, {
        release: '1.2.3',
        options: { ref: version, with: { ...settings, cache: 'auto' } },
      }),
  },
  {
    name: 'next-commit',
    title: 'a release into a repository with others, whose tags move, with the cache of the one before',
    async open(stage) {
      const repository = `matrix/${stage.newId()}`;
      let patch = 0;
      const release = async (id: string, major = 1): Promise<Scene> => {
        const highest = `${major}.0.${++patch}`;
        const tags = 'type=semver,pattern={{version}}\ntype=semver,pattern={{major}}';
        const scene = await newScene(stage, id, {
          repository,
          release: highest,
          options: {
            ref: `refs/tags/v${highest}`,
            with: { tags, cache: 'registry', 'image-tag-mutability': 'MUTABLE' },
          },
        });
        const releases = [...scene.releases, String(major)];
        return {
          ...scene,
          releases,
          tags: [...scene.tags, String(major)],
          names: { ...scene.names, version: highest },
        };
      };
      const first = await release(stage.newId(), 2);
      await stage.prepare(first.options);
      return id => release(id);
    },
  },
  {
    name: 're-run',
    title: 'a run of a commit whose image is there, with a new tag for it',
    async open(stage) {
      const [own, repository] = [stage.newId(), `matrix/${stage.newId()}`];
      const { options } = await newScene(stage, own, { repository });
      const sha = commitOf(own);
      await stage.prepare(options);
      return async id => {
        const release = `r-${id}`;
        const again = { ...options, with: { ...options.with, tags: release } };
        const scene = await newScene(stage, id, { repository, release, options: again });
        return { ...scene, tags: [sha, release], names: { ...scene.names, commit: sha, release } };
      };
    },
  },
  {
    name: 'pending-scan',
    title: 'a release whose scan begins late and takes a while',
    calls: /^ecr:/,
    open: async stage => id =>
      newScene(stage, id, { release: '1.2.3', options: { ref: version, with: { labels: 'story=pending' } } }),
  },
  {
    name: 'critical',
    title: 'a release that a critical finding blocks',
    calls: /^ecr:/,
    end: 'failure',
    open: async stage => id =>
      newScene(stage, id, {
        release: '1.2.3',
        options: { ref: version, with: { labels: 'story=critical' } },
      }),
  },
  {
    name: 'manual-scan',
    title: 'a release whose scan the step itself begins, in a repository that does not scan on push',
    calls: /^ecr:/,
    open: async stage => id =>
      newScene(stage, id, {
        release: '1.2.3',
        options: { ref: version, with: { 'scan-on-push': 'false' } },
      }),
  },
  {
    name: 'create-on-push',
    title: 'a first build into a registry that creates repositories by its template',
    calls: /^ecr:/,
    async open(stage) {
      stage.world.aws.ecr.createOnPush({ prefix: 'templates', mutability: 'IMMUTABLE' });
      return id =>
        newScene(stage, id, {
          repository: `templates/${id}`,
          options: { with: { 'create-repository': 'false', 'wait-for-scan': 'false' } },
        });
    },
  },
  {
    name: 'role-chain',
    title: 'two roles one after the other, in accounts that are allowed, without a scan',
    calls: /^(sts|ecr|github):/,
    open: async stage => id =>
      newScene(stage, id, {
        options: {
          with: {
            'role-to-assume': `${stage.world.roleArn}\n${chained}`,
            'allowed-account-ids': '123456789012',
            'wait-for-scan': 'false',
          },
        },
      }),
  },
  {
    name: 'part',
    title: 'one platform of several: `mode: build`',
    open: async stage => id =>
      newScene(stage, id, {
        tags: [`${commitOf(id)}-linux-amd64`],
        options: { with: { mode: 'build', platforms: 'linux/amd64' } },
      }),
  },
  {
    name: 'merge',
    title: 'two platforms that other jobs have built: `mode: merge`',
    async open(stage) {
      const platforms = ['linux/amd64', 'linux/arm64'];
      return async id => {
        const workspace = await stage.checkout(id);
        await writeFile(join(workspace, 'app', 'Dockerfile'), 'FROM scratch\nCOPY greeting /\n');
        const builds: string[] = [];
        for (const platform of platforms) {
          const inputs = { mode: 'build', platforms: platform };
          const part = await newScene(stage, id, { options: { workspace, ref: version, with: inputs } });
          const { outputs } = await stage.prepare(part.options);
          builds.push(outputs['build'] ?? '');
        }
        const inputs = {
          mode: 'merge',
          platforms: platforms.join(),
          builds: builds.join('\n'),
          context: '',
          cache: '',
          'stall-timeout': '',
        };
        return newScene(stage, id, { release: '1.2.3', options: { workspace, ref: version, with: inputs } });
      };
    },
  },
  {
    name: 'promotion',
    title: 'the copy and judgement of what is in another repository: `mode: promote`',
    async open(stage) {
      const [own, source] = [stage.newId(), `matrix/${stage.newId()}`];
      const { options } = await newScene(stage, own, { repository: source });
      const { outputs } = await stage.prepare(options);
      return async id => {
        const release = `r-${id}`;
        const inputs = {
          mode: 'promote',
          image: `${source}@${outputs['digest'] ?? ''}`,
          tags: release,
          context: '',
          cache: '',
          'stall-timeout': '',
        };
        const scene = await newScene(stage, id, { release, options: { with: inputs } });
        return { ...scene, tags: [release] };
      };
    },
  },
  {
    name: 'gate',
    title: 'the judgement alone: `mode: gate`',
    async open(stage) {
      const [own, repository] = [stage.newId(), `matrix/${stage.newId()}`];
      const { options } = await newScene(stage, own, { repository });
      const { outputs } = await stage.prepare(options);
      return async id => {
        const release = `r-${id}`;
        const inputs = {
          mode: 'gate',
          image: outputs['digest'] ?? '',
          tags: release,
          context: '',
          cache: '',
          'stall-timeout': '',
        };
        const scene = await newScene(stage, id, { repository, release, options: { with: inputs } });
        return { ...scene, tags: [release], names: { ...scene.names, release } };
      };
    },
  },
  {
    name: 'replication',
    title:
      'a release of what is there, which the registry replicates to another region: `wait-for-replication`',
    calls: /^ecr:(DescribeRegistry|DescribeImageReplicationStatus|BatchGetImage|DescribeRepositories)$/,
    async open(stage) {
      const { aws } = stage.world;
      const [own, repository] = [stage.newId(), `replicated/${stage.newId()}`];
      const region = 'us-east-1';
      aws.registry({ region });
      const { ecr } = clientsOf(aws, 'ecr:PutReplicationConfiguration');
      const destinations = [{ region, registryId: aws.accountId }];
      const repositoryFilters = [{ filter: 'replicated/', filterType: 'PREFIX_MATCH' as const }];
      const rules = [{ destinations, repositoryFilters }];
      await ecr.send(new PutReplicationConfigurationCommand({ replicationConfiguration: { rules } }));
      const { options } = await newScene(stage, own, { repository });
      const { outputs } = await stage.prepare(options);
      return async id => {
        const release = `r-${id}`;
        const inputs = {
          mode: 'gate',
          image: outputs['digest'] ?? '',
          tags: release,
          context: '',
          cache: '',
          'stall-timeout': '',
          'wait-for-replication': 'true',
          'replication-timeout': '20s',
        };
        const scene = await newScene(stage, id, { repository, release, options: { with: inputs } });
        return { ...scene, tags: [release], names: { ...scene.names, release } };
      };
    },
  },
  {
    name: 'copies',
    title: 'the judgement and copy of what is in the repository: `mode: gate` with `copy-to`',
    async open(stage) {
      const [own, repository] = [stage.newId(), `matrix/${stage.newId()}`];
      const { options } = await newScene(stage, own, { repository });
      const { outputs } = await stage.prepare(options);
      return async id => {
        const release = `r-${id}`;
        const copy = `matrix/copy-${id}`;
        const inputs = {
          mode: 'gate',
          image: outputs['digest'] ?? '',
          tags: release,
          'copy-to': copy,
          context: '',
          cache: '',
          'stall-timeout': '',
        };
        const scene = await newScene(stage, id, { repository, release, options: { with: inputs } });
        const repositories = [...scene.repositories, copy];
        return { ...scene, repositories, tags: [release], names: { ...scene.names, release, copy } };
      };
    },
  },
  {
    name: 'public',
    title: 'a first build into ECR Public, with its catalog data',
    open: async stage => id =>
      newScene(stage, id, {
        release: 'latest',
        options: { with: { ...inPublic('A small almanac'), tags: 'latest' } },
      }),
  },
  {
    name: 'public-drift',
    title: 'a repository of ECR Public by its URI, whose catalog data are changed',
    calls: /^ecr-public:/,
    open: async stage => async id => {
      const bare = await newScene(stage, stage.newId(), {
        repository: `matrix/${id}`,
        options: { with: inPublic('An almanac') },
      });
      await stage.prepare(bare.options);
      const repository = `public.ecr.aws/a6789012/matrix/${id}`;
      const inputs = { ...inPublic('A small almanac'), repository, 'on-drift': 'reconcile' };
      return newScene(stage, id, { options: { with: inputs } });
    },
  },
  {
    name: 'content',
    title: 'a commit that changed nothing in its context: `reuse: content`',
    async open(stage) {
      const workspace = await stage.checkout(stage.newId());
      const git = (...args: string[]) =>
        execute('git', [
          '-C',
          workspace,
          '-c',
          'user.name=octocat',
          '-c',
          'user.email=o@example.com',
          ...args,
        ]);
      await git('init', '-q');
      await git('add', '--all');
      const repository = `matrix/${stage.newId()}`;
      const inputs = { reuse: 'content', 'wait-for-scan': 'false' };
      const commit = async (id: string): Promise<Scene> => {
        await git('commit', '-q', '--allow-empty', '-m', id);
        return newScene(stage, id, { repository, options: { workspace, with: inputs } });
      };
      const first = await commit(stage.newId());
      await stage.prepare(first.options);
      return async id => {
        const [release, scene] = [`r-${id}`, await commit(id)];
        const { options, names, ...rest } = scene;
        const tags = [...scene.tags, release];
        const again = { ...options, with: { ...options.with, tags: release } };
        return { ...rest, tags, options: again, names: { ...names, release } };
      };
    },
  },
  {
    name: 'pull-request',
    title: 'a pull request that is compared with its base, excused by its base, and commented on',
    calls: /^(sts|ecr|github|issues|repos):/,
    async open(stage) {
      const repository = `matrix/${stage.newId()}`;
      const baseSha = commitOf(stage.newId());
      const before = await newScene(stage, stage.newId(), {
        repository,
        options: { sha: baseSha, with: { labels: 'story=known', 'fail-on': 'none' } },
      });
      await stage.prepare({ ...before.options, sha: baseSha });
      stage.world.github.putCommit('octo-org/octo-repo', {
        sha: baseSha,
        branch: 'main',
        files: { 'README.md': 'An almanac\n' },
      });
      let number = 0;
      return async id => {
        const pull = {
          number: ++number,
          mergeSha: commitOf(`${id} merged`),
          headSha: commitOf(id),
          headRef: 'feature',
          baseSha,
        };
        const scene = await newScene(stage, id, { repository });
        const { options } = scene;
        return {
          ...scene,
          pullRequest: pull.number,
          tags: [],
          names: { ...scene.names, merged: pull.mergeSha, base: baseSha },
          options: {
            ...options,
            sha: pull.mergeSha,
            event: pullRequest(describeJob(), pull),
            permissions: { 'id-token': 'write', 'pull-requests': 'write', contents: 'read' },
            with: {
              ...options.with,
              labels: 'story=known',
              baseline: 'base',
              gate: 'new',
              comment: 'true',
              'exceptions-from': 'base',
            },
          },
        };
      };
    },
  },
  {
    name: 'gha-cache',
    title: "the next commit with the layers in GitHub's cache, by BuildKit",
    open: stage => openCached(stage, { cache: 'gha' }),
  },
  {
    name: 'archive-cache',
    title: "the next commit with the layers in GitHub's cache, as one archive",
    open: stage => openCached(stage, { cache: 'actions' }),
  },
  {
    name: 'cache-repository',
    title: 'a first build with a repository for caches alone',
    open: async stage => id =>
      newScene(stage, id, {
        repositories: [`matrix/${id}`, `matrix/caches-${id}`],
        options: {
          with: { cache: 'auto', 'cache-repository': `matrix/caches-${id}`, 'wait-for-scan': 'false' },
        },
      }),
  },
  {
    name: 'drift',
    title: 'a repository whose settings are changed to what is asked: `on-drift: reconcile`',
    calls: /^ecr:/,
    open: async stage => async id => {
      const bare = await newScene(stage, stage.newId(), {
        repository: `matrix/${id}`,
        options: { with: { 'wait-for-scan': 'false', 'repository-tags': 'team=api\nkept=yes' } },
      });
      await stage.prepare(bare.options);
      const asked = { ...settings, 'image-tag-mutability': 'IMMUTABLE', 'scan-on-push': 'false' };
      return newScene(stage, id, {
        options: { with: { ...asked, 'on-drift': 'reconcile', 'wait-for-scan': 'false' } },
      });
    },
  },
  {
    name: 'dry-run',
    title: 'a dry run, which calls nobody',
    open: async stage => id =>
      newScene(stage, id, { isJudged: false, options: { with: { 'dry-run': 'true' } } }),
  },
];

/** The next commit, which finds what the one before has cached. */
async function openCached(
  stage: Stage,
  { cache }: { cache: string },
): Promise<(id: string) => Promise<Scene>> {
  const repository = `matrix/${stage.newId()}`;
  const next = (id: string): Promise<Scene> =>
    newScene(stage, id, { repository, options: { with: { cache, 'wait-for-scan': 'false' } } });
  const first = await next(stage.newId());
  await stage.prepare(first.options);
  return next;
}
