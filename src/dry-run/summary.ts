import { sayCommand } from '../docker/command-line.ts';
import { sayLimits } from '../gate/limits.ts';
import type { PlanDocument } from './plan-document.ts';

/** The summary of a dry run, as GitHub-flavoured Markdown. */
export function summarizePlan(document: PlanDocument): string {
  const { repository, tags, role, gate, policies, cache } = document;
  const { setting, exclusions } = repository.mutability;
  const rows = [
    ['Role', role.arns.map(arn => `\`${arn}\``).join(' → ') || "the job's own credentials"],
    ['Region', `\`${role.region}\``],
    [
      'Repository',
      `\`${repository.name}\`, ${repository.create ? 'created if it is missing' : 'has to exist'}: ${setting}${exclusions.length > 0 ? ` except ${exclusions.map(each => `\`${each}\``).join(', ')}` : ''}`,
    ],
    document.image ? ['Judged', `\`${Object.values(document.image).join('')}\``] : [],
    ['Pushed as', document.push ? `\`${tags.candidate}\`` : 'nothing is pushed'],
    ['Released as', sayReleases(document)],
    ['Reused', reuseTexts[document.reuse]],
    [
      'Layers',
      `${cache.why}: ${cache.from.length > 0 ? 'read' : 'not read'}, ${cache.to.length > 0 ? 'written' : 'not written'}${document.cacheKeepsTime ? ', with the time of the last cold build' : ''}`,
    ],
    [
      'Gate',
      document.mode === 'build'
        ? 'where `mode: merge` joins what is pushed'
        : gate.wait
          ? `waits up to ${gate.timeoutSeconds} s (then: ${gate.onTimeout}; where there can be no scan: ${gate.onUnscannable}), lets pass ${sayLimits(gate.limits)}`
          : 'does not wait for the scan',
    ],
  ].filter(row => row.length > 0);
  return [
    `### 📋 ${repository.name}: a dry run`,
    'Nothing was asked, built, pushed or changed.',
    ['| | |', '| --- | --- |', ...rows.map(cells => `| ${cells.join(' | ')} |`)].join('\n'),
    document.buildx.length > 0
      ? foldedCode(
          'The build',
          'sh',
          [...document.builder, document.buildx].map(argv => `docker buildx ${sayCommand(argv)}`).join('\n'),
        )
      : '',
    policies.trust
      ? foldedCode('The least trust policy for this job', 'json', JSON.stringify(policies.trust, null, 2))
      : '',
    foldedCode(
      'The least permissions for these inputs',
      'json',
      JSON.stringify(policies.permissions, null, 2),
    ),
  ]
    .filter(Boolean)
    .join('\n\n');
}

const reuseTexts = {
  commit: 'the image of this commit, where it was made from the same inputs',
  content: 'the image of this commit from the same inputs, else one of the same content',
  off: 'nothing: it is always built',
} as const;

function sayReleases({ tags, release }: PlanDocument): string {
  if (tags.releases.length === 0) return 'no release tag';
  const names = tags.releases.map(each => `\`${each}\``).join(', ');
  return release === 'with-push' ? `${names}, pushed by the build` : `${names}, once the gate lets it pass`;
}

function foldedCode(title: string, language: string, text: string): string {
  return `<details><summary>${title}</summary>\n\n\`\`\`\`${language}\n${text}\n\`\`\`\`\n\n</details>`;
}
