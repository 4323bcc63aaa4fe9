import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import {
  CreateRepositoryCommand,
  GetLifecyclePolicyPreviewCommand,
  StartLifecyclePolicyPreviewCommand,
} from '@aws-sdk/client-ecr';
import { parse } from 'yaml';
import { permissionsFor } from '../../src/permissions.ts';
import { makePlan } from '../../src/plan.ts';
import { subjectForms } from '../../src/role/oidc-subject.ts';
import { readTags } from '../../src/tags/inputs.ts';
import { readerOf } from '../../src/validation/reader.ts';
import { commit, inputs } from '../sample.ts';
import { startAws } from '../world/aws/aws.ts';
import { clientsOf } from '../world/aws/sample.ts';
import { root } from '../world/world.ts';

const run = promisify(execFile);
const folder = join(root, 'examples/aws');
const [template, terraform, readme, permissionsPage] = await Promise.all([
  readFile(join(folder, 'role.cloudformation.yml'), 'utf8'),
  readFile(join(folder, 'role.tf'), 'utf8'),
  readFile(join(root, 'README.md'), 'utf8'),
  readFile(join(root, 'docs/permissions.md'), 'utf8'),
]);

const policy = permissionsFor(makePlan(inputs, commit));
const actions = policy.Statement.flatMap(({ Action }) => Action);

test("the README's permission policy is what the step itself would print for the workflow beside it", () => {
  const shown: unknown = JSON.parse(/^```json permission-policy\n(.*?)^```$/ms.exec(readme)?.[1] ?? '');
  assert.deepEqual(shown, policy);
});

const endings = ['ref:refs/heads/main', 'ref:refs/tags/*'];
const admitted = new Set(endings.flatMap(ending => subjectForms(commit, ending)));

test("the README's trust policy admits both forms of the subject, and says whom refs/tags/* admits", () => {
  const shown: { Statement: { Condition: { StringLike: Record<string, string[]> } }[] } = JSON.parse(
    /^```json trust-policy\n(.*?)^```$/ms.exec(readme)?.[1] ?? '',
  );
  const subjects = shown.Statement.flatMap(({ Condition }) => Object.values(Condition.StringLike).flat());
  assert.deepEqual(new Set(subjects), admitted);
  for (const text of [readme, template, terraform, permissionsPage]) {
    assert.match(text, /refs\/tags\/\*.*admits? (whoever may push a tag|every tag)/s);
    assert.match(text, /ruleset/);
    assert.match(text, /environment/);
  }
});

test('the Terraform file admits the same subjects', () => {
  const names: Record<string, string> = {
    owner: 'octo-org',
    owner_id: commit.ownerId,
    name: 'octo-repo',
    id: commit.repositoryId,
  };
  const fill = (text: string) =>
    text.replaceAll(/\$\{var\.github_repository\.(\w+)\}/g, (_, name: string) => names[name] ?? '');
  const subjects = Array.from(terraform.matchAll(/^ +"(repo:.*)",$/gm), ([, text = '']) => fill(text));
  const shown = Array.from(terraform.matchAll(/"\$\{subject\}:([^"]+)"/g), ([, ending = '']) => ending);
  const all = subjects.flatMap(subject => shown.map(ending => `${subject}:${ending}`));
  assert.deepEqual(new Set(all), admitted);
});

test('the CloudFormation template allows the same actions, in the same statements', () => {
  interface Statement {
    Sid: string;
    Effect: string;
    Action: string | string[];
    Condition?: { StringLike: Record<string, { 'Fn::Sub': string }[]> };
  }
  interface Properties {
    AssumeRolePolicyDocument: { Statement: Statement[] };
    Policies: { PolicyDocument: { Statement: Statement[] } }[];
  }
  const { Resources }: { Resources: { Role: { Properties: Properties } } } = parse(template);
  const { AssumeRolePolicyDocument, Policies } = Resources.Role.Properties;
  const statements = Policies.flatMap(each => each.PolicyDocument.Statement);
  const shown = ({ Sid, Effect, Action }: { Sid?: string; Effect: string; Action: string | string[] }) => ({
    Sid,
    Effect,
    Action,
  });
  assert.deepEqual(statements.map(shown), policy.Statement.map(shown));

  const names: Record<string, string> = {
    GitHubOwner: 'octo-org',
    GitHubOwnerId: commit.ownerId,
    GitHubRepository: 'octo-repo',
    GitHubRepositoryId: commit.repositoryId,
  };
  const [trusted] = AssumeRolePolicyDocument.Statement;
  const subjects = trusted?.Condition?.StringLike['token.actions.githubusercontent.com:sub']?.map(each =>
    each['Fn::Sub'].replaceAll(/\$\{(\w+)\}/g, (_, name: string) => names[name] ?? ''),
  );
  assert.deepEqual(new Set(subjects), admitted);
});

test('the Terraform file allows the same actions', () => {
  assert.deepEqual(
    Array.from(terraform.matchAll(/"(ecr:\w+)"/g), match => match[1]),
    actions,
  );
  assert.equal(terraform.split('{').length, terraform.split('}').length);
});

test('the tags of no example need more than that policy', async () => {
  const workflows = join(root, 'examples/workflows');
  for (const file of await readdir(workflows)) {
    const text = await readFile(join(workflows, file), 'utf8');
    const { jobs }: { jobs: Record<string, { steps?: { with?: Record<string, string> }[] }> } = parse(
      text.replaceAll(/\$\{\{[^}]*\}\}/g, 'api'),
    );
    for (const given of Object.values(jobs).flatMap(({ steps = [] }) => steps.map(step => step.with ?? {}))) {
      if (given['role-to-assume'] === undefined) continue;
      const tags = readTags(readerOf(input => given[input] ?? ''));
      const { Statement } = permissionsFor(makePlan({ ...inputs, tags }, commit));
      assert.ok(!Statement.some(({ Action }) => Action.includes('ecr:DescribeImages')), file);
    }
  }
});

const tools: [name: string, args: string[]][] = [
  ['cfn-lint', [join(folder, 'role.cloudformation.yml')]],
  ['terraform', ['fmt', '-check', folder]],
];

for (const [tool, args] of tools) {
  test(`${tool} finds nothing, where it is installed`, async t => {
    await run(tool, args).catch((error: Error & { code?: unknown; stdout?: string }) => {
      if (error.code === 'ENOENT') return t.diagnostic(`${tool} is not installed: its file was parsed only`);
      throw new Error(`${tool}\n${error.stdout ?? error.message}`);
    });
  });
}

test("the example's lifecycle policy keeps releases and what is in use, and lets old caches and commits go", async () => {
  await using aws = await startAws({ oidcProviders: [] });
  aws.ecr.previews.looks = 0;
  const client = clientsOf(aws, 'ecr:*').ecr;
  const repositoryName = 'team/app';
  await client.send(new CreateRepositoryCommand({ repositoryName }));
  const days = (n: number): Date => new Date(Date.now() - n * 24 * 60 * 60 * 1000);
  const add = (n: number, ...tags: string[]) => aws.ecr.addImage(repositoryName, { tags, pushedAt: days(n) });
  add(400, 'f'.repeat(40), '1.2.3');
  add(400, `${'f'.repeat(40)}-alpine`, '1.2.3-alpine');
  for (const tag of ['latest', 'latest-alpine', 'production', 'stable']) add(300, tag.padEnd(40, '0'), tag);
  add(13, 'buildcache-main');
  add(6, 'buildcache-pr-7-0123456');
  add(6, `${'e'.repeat(40)}-linux-arm64`, `${'e'.repeat(40)}-alpine-linux-arm64`);
  add(1);
  add(89, 'e'.repeat(40));
  const expired = [
    add(15, 'buildcache-idle'),
    add(8, 'buildcache-pr-6-0123456'),
    add(8, `${'d'.repeat(40)}-linux-arm64`),
    add(8, `${'d'.repeat(40)}-alpine-linux-arm64`),
    add(4),
    add(91, 'd'.repeat(40)),
  ];
  const lifecyclePolicyText = await readFile(join(folder, 'lifecycle.json'), 'utf8');
  await client.send(new StartLifecyclePolicyPreviewCommand({ repositoryName, lifecyclePolicyText }));

  const { previewResults } = await client.send(new GetLifecyclePolicyPreviewCommand({ repositoryName }));
  const told = (previewResults ?? []).map(({ imageDigest }) => imageDigest);
  assert.deepEqual(new Set(told), new Set(expired));
});
