import { sayCommand } from '../docker/command-line.ts';
import { sayLimits } from '../gate/limits.ts';
import { sayPullThrough } from '../image/permissions.ts';
import { code, codeBlock, details, fit, joined, gfm, sentence, table, text } from '../report/markdown.ts';
import type { Markdown } from '../report/markdown.ts';
import { MAX_SUMMARY_BYTES } from '../report/summary.ts';
import { isBuildMode } from '../validation/mode.ts';
import type { PlanDocument } from './plan-document.ts';

function credentialsOf(source: PlanDocument['role']['source']): string {
  return source === 'keys' ? 'the keys of aws-access-key-id' : "the job's own credentials";
}

/** The summary of a dry run, as GitHub-flavoured Markdown. */
export function summarizePlan(document: PlanDocument): string {
  const { repository, tags, role, gate, policies } = document;
  const { setting, exclusions } = repository.mutability;
  const note = sayPullThrough(policies.permissions.Statement);
  const rows = [
    ['Role', role.arns.length > 0 ? codes(role.arns, ' → ') : credentialsOf(role.source)],
    ['Region', code(role.region)],
    [
      'Repository',
      gfm`${code(repository.name)}, ${repository.create ? 'created if it is missing' : 'has to exist'}: ${text(setting)}${exclusions.length > 0 ? gfm` except ${codes(exclusions)}` : ''}`,
    ],
    document.image ? ['Judged', code(Object.values(document.image).join(''))] : [],
    document.promotion ? ['Copied from', sayPromotion(document.promotion)] : [],
    ['Pushed as', document.push ? code(tags.candidate) : sayUnpushed(document)],
    ['Released as', sayReleases(document)],
    ...(isBuildMode(document.mode) ? buildRows(document) : []),
    [
      'Gate',
      document.mode === 'build'
        ? sentence('where `mode: merge` joins what is pushed')
        : gate.wait
          ? `waits up to ${gate.timeoutSeconds} s (then: ${gate.onTimeout}; where there can be no scan: ${gate.onUnscannable}), lets pass ${sayLimits(gate.limits)}`
          : 'does not wait for the scan',
    ],
    document.copies.length > 0 ? ['Copied to', sayCopies(document)] : [],
    document.replication.wait
      ? ['Replication', `waited for up to ${document.replication.timeoutSeconds} s after the release`]
      : [],
  ].filter(row => row.length > 0);
  const parts = [
    gfm`### 📋 ${repository.name}: a dry run`,
    gfm`Nothing was asked, built, pushed or changed.`,
    table(['', ''], rows),
    ...(document.buildx.length > 0
      ? [
          foldedCode(
            'The build',
            'sh',
            [...document.builder, document.buildx]
              .map(argv => `docker buildx ${sayCommand(argv)}`)
              .join('\n'),
          ),
        ]
      : []),
    ...(policies.trust
      ? [foldedCode('The least trust policy for this job', 'json', JSON.stringify(policies.trust, null, 2))]
      : []),
    foldedCode(
      'The least permissions for these inputs',
      'json',
      JSON.stringify(policies.permissions, null, 2),
    ),
    ...policies.roles.flatMap(({ role: arn, trust, permissions }) => [
      ...(trust
        ? [foldedCode(`The least trust policy of \`${arn}\``, 'json', JSON.stringify(trust, null, 2))]
        : []),
      foldedCode(`The least permissions of \`${arn}\``, 'json', JSON.stringify(permissions, null, 2)),
    ]),
    ...policies.repositories.map(({ repository: arn, permissions }) =>
      foldedCode(`For the policy of \`${arn}\``, 'json', JSON.stringify(permissions, null, 2)),
    ),
    ...(note === undefined ? [] : [gfm`${text(note)}`]),
  ];
  return fit(parts, MAX_SUMMARY_BYTES);
}

/** Rows of what only a build does. */
function buildRows({ loginRegistries, reuse, cache, cacheKeepsTime }: PlanDocument): (string | Markdown)[][] {
  const [reads, writes] = [cache.from.length > 0, cache.to.length > 0];
  const time = cacheKeepsTime ? ', with the time of the last cold build' : '';
  return [
    ...(loginRegistries.length > 0
      ? [['Base images', gfm`logged in to ${codes(loginRegistries)} for the build`]]
      : []),
    ['Reused', reuseTexts[reuse]],
    [
      'Layers',
      gfm`${sentence(cache.why)}: ${reads ? 'read' : 'not read'}, ${writes ? 'written' : 'not written'}${time}`,
    ],
  ];
}

function sayUnpushed({ promotion }: PlanDocument): string {
  return promotion === undefined ? 'nothing is pushed' : 'the copy comes without a tag';
}

const reuseTexts = {
  commit: 'the image of this commit, where it was made from the same inputs',
  content: 'the image of this commit from the same inputs, else one of the same content',
  off: 'nothing: it is always built',
} as const;

function sayReleases({ tags, release }: PlanDocument): Markdown {
  if (tags.releases.length === 0) return gfm`no release tag`;
  return gfm`${codes(tags.releases)}, ${release === 'with-push' ? 'pushed by the build' : 'once the gate lets it pass'}`;
}

function sayPromotion({ source, role }: NonNullable<PlanDocument['promotion']>): Markdown {
  const separator = 'imageDigest' in source.name ? '@' : ':';
  const image = code(`${source.address}${separator}${Object.values(source.name).join('')}`);
  return role === undefined ? image : gfm`${image}, read by ${code(role.arn)}`;
}

function sayCopies({ copies }: PlanDocument): Markdown {
  return joined(
    copies.map(({ region, role, repository: { name, registryId, create } }) => {
      const account = registryId === undefined ? '' : gfm` of ${code(registryId)}`;
      const by = role === undefined ? '' : gfm` by ${code(role.arn)}`;
      const made = create ? 'created if it is missing' : 'has to exist';
      return gfm`${code(name)} in ${code(region)}${account}${by} (${made})`;
    }),
  );
}

function foldedCode(title: string, language: string, content: string): Markdown {
  return details(title, codeBlock(content, { language }));
}

function codes(names: readonly string[], separator = ', '): Markdown {
  return joined(
    names.map(name => code(name)),
    separator,
  );
}
