import { buildxArguments } from './buildx-arguments.ts';
import type { CacheArguments, Mutability } from './cache.ts';
import { cacheBeside } from './cache.ts';
import { permissionsFor } from './permissions.ts';
import type { Commit, Plan } from './plan.ts';
import { trustPolicy } from './policy.ts';
import type { PolicyDocument } from './policy.ts';
import { issuer, subjectEnding, subjectForms } from './subject.ts';

/** What a dry run writes down; docs/permissions.md describes it. Its members may grow, and never change their meaning. */
export interface Rehearsal {
  version: 1;
  commit: Commit;
  push: boolean;
  role: {
    region: string;
    source: 'oidc' | 'default';
    /** In the order in which they are assumed. */
    arns: string[];
    sessionName: string;
    durationSeconds: number;
    allowedAccountIds: string[];
  };
  repository: { name: string; create: boolean; mutability: Mutability; scanOnPush: boolean };
  /** What the build pushes, and what the image earns when it passes. */
  tags: { candidate: string; releases: string[] };
  labels: string[];
  cache: CacheArguments;
  /** The arguments of `docker buildx`; `{repository-uri}` and `{metadata-file}` are known only when it runs. */
  buildx: string[];
  gate: { wait: boolean; failOn: string; timeoutSeconds: number };
  policies: {
    /** Admits this job to the first role; absent where none is assumed by OIDC. */
    trust?: PolicyDocument;
    /** All that the acting role needs. */
    permissions: PolicyDocument;
  };
}

/** The plan as it is told in advance. The step carries out this very plan, so the two cannot differ. */
export function rehearse(plan: Plan): Rehearsal {
  const { commit, push, role, repository, tags, build, gate } = plan;
  const uri = push ? '{repository-uri}' : repository.name;
  const cache: CacheArguments =
    plan.layers.kind === 'off'
      ? { from: [], to: [] }
      : cacheBeside(uri, {
          mutability: repository.mutability,
          readOnly: plan.layers.readOnly,
          isNew: false,
        });
  return {
    version: 1,
    commit,
    push,
    role: {
      region: role.region,
      source: role.source.kind,
      arns: role.source.kind === 'oidc' ? [role.source.arn, ...role.chain] : role.chain,
      sessionName: role.sessionName,
      durationSeconds: role.durationSeconds,
      allowedAccountIds: role.allowedAccountIds,
    },
    repository,
    tags,
    labels: build.description?.labels ?? [],
    cache,
    buildx: buildxArguments(build, {
      reference: `${uri}:${tags.candidate}`,
      releases: [],
      cache,
      metadataFile: '{metadata-file}',
      push,
      annotate: push,
      builder: undefined,
    }),
    gate: { wait: gate.wait, failOn: gate.failOn, timeoutSeconds: gate.timeout / 1000 },
    policies: {
      ...(role.source.kind === 'oidc' && {
        trust: trustPolicy(role.source.arn, {
          issuer,
          audience: role.audience,
          subjects: subjectForms(commit, subjectEnding(commit)),
        }),
      }),
      permissions: permissionsFor(plan),
    },
  };
}

/** The same for people, as GitHub-flavoured Markdown. */
export function describeRehearsal(rehearsal: Rehearsal): string {
  const { repository, tags, role, gate, policies, cache } = rehearsal;
  const { setting, exclusions } = repository.mutability;
  const rows = [
    ['Role', role.arns.map(arn => `\`${arn}\``).join(' → ') || "the job's own credentials"],
    ['Region', `\`${role.region}\``],
    [
      'Repository',
      `\`${repository.name}\`, ${repository.create ? 'created if it is missing' : 'has to exist'}: ${setting}${exclusions.length > 0 ? ` except ${exclusions.map(each => `\`${each}\``).join(', ')}` : ''}`,
    ],
    ['Pushed as', rehearsal.push ? `\`${tags.candidate}\`` : 'nothing is pushed'],
    ['Released as', tags.releases.map(each => `\`${each}\``).join(', ') || 'no release tag'],
    [
      'Layers',
      `${cache.from.length > 0 ? 'read' : 'not read'}, ${cache.to.length > 0 ? 'written' : 'not written'}`,
    ],
    [
      'Gate',
      gate.wait
        ? `waits up to ${gate.timeoutSeconds} s, fails on ${gate.failOn}`
        : 'does not wait for the scan',
    ],
  ];
  return [
    `### 📋 ${repository.name}: a dry run`,
    'Nothing was asked, built, pushed or changed.',
    ['| | |', '| --- | --- |', ...rows.map(cells => `| ${cells.join(' | ')} |`)].join('\n'),
    block('The build', 'sh', `docker buildx ${rehearsal.buildx.join(' ')}`),
    policies.trust
      ? block('The least trust policy for this job', 'json', JSON.stringify(policies.trust, null, 2))
      : '',
    block('The least permissions for these inputs', 'json', JSON.stringify(policies.permissions, null, 2)),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function block(title: string, language: string, text: string): string {
  return `<details><summary>${title}</summary>\n\n\`\`\`\`${language}\n${text}\n\`\`\`\`\n\n</details>`;
}
