import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { render } from '../report/rendered.ts';
import { pullRequest } from '../world/github/event.ts';
import { describeJob } from '../world/github/job.ts';
import { startWorld } from '../world/world.ts';

const image = '![x](https://evil.example/x.png)';
const text = `${image} | @octo-org/team &#64;octocat #1 <img src=x> https://evil.example :octocat:`;

test('what a Dockerfile and a scan name does nothing in the comment and in the summary', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(
    join(workspace, 'Dockerfile'),
    [
      'ARG BASE_IMAGE',
      `FROM \${BASE_IMAGE}`,
      `RUN --mount=type=cache,id=${image}|@octocat,target=/kept echo '${text}' > /made`,
      '',
    ].join('\n'),
  );
  world.aws.ecr.scans.tell({
    findings: [
      {
        name: `CVE-1 ${text}`,
        severity: 'CRITICAL',
        description: text,
        uri: 'https://example.com/> [y](https://evil.example)',
        attributes: [
          { key: 'package_name', value: `pkg\\${text}` },
          { key: 'package_version', value: `1\n# ${text}` },
        ],
      },
    ],
  });
  const event = pullRequest(describeJob(), {
    number: 7,
    mergeSha: 'e'.repeat(40),
    headSha: 'd'.repeat(40),
    headRef: 'feature',
  });
  const run = await world.run({
    workspace,
    event,
    permissions: { 'id-token': 'write', 'pull-requests': 'write' },
    with: { comment: 'true', cache: 'off', 'cache-mounts': 'auto' },
  });
  const [comment] = world.github.comments;
  for (const shown of [comment?.body ?? '', run.summary]) {
    assert.match(shown, /### ⛔ team\/hello: blocked/, run.log);
    assert.match(shown, /\| Cache mounts \| <code>/);
    const { elements, links, found, text: plain } = render(shown);
    assert.equal(elements['img'], undefined);
    assert.equal(elements['h1'], undefined);
    assert.deepEqual(found, []);
    assert.deepEqual(
      links.filter(link => !link.startsWith('https://example.com/')),
      [],
    );
    assert.ok(plain.replaceAll('\u200B', '').includes(text), 'it is shown as it is');
  }
});
