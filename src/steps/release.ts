import type { Job, Log } from '../platform/runner.ts';
import { canMove } from '../rules/cache.ts';
import type { Verdict } from '../rules/gate.ts';
import type { Plan } from '../rules/plan.ts';
import type { Earlier } from '../rules/reuse.ts';
import type { Image } from './image.ts';
import type { Manifest } from './manifest.ts';
import type { Repository } from './repository.ts';
import type { Tagger } from './tagging.ts';

/** The tags that promise something: on the image, or withheld from it. */
export interface Releases {
  released: string[];
  withheld: string[];
}

interface Judged {
  repository: Repository;
  image: Image;
  manifest: () => Promise<Manifest>;
  tagger: Tagger;
  earlier: Earlier;
  verdict: Verdict;
  /** Told what has been released even when one of the tags could not be. */
  tell: (releases: Releases) => void;
}

/** Puts the release tags on the digest that was judged: the same bytes, without a rebuild or a pull. */
export function releaseTags(job: Job, { tags, release }: Plan, judged: Judged): Promise<void> {
  const { image, manifest, tagger, verdict, tell } = judged;
  return job.step('Release the tags', async log => {
    if (release === 'with-push' && image.kind !== 'found') {
      tell({ released: [], withheld: [] });
      return log.result(sayPushed(tags.releases, verdict));
    }
    if (verdict.kind === 'blocked') {
      tell({ released: [], withheld: tags.releases });
      const withheld = tags.releases.join(', ');
      return log.result(withheld === '' ? 'Nothing is released' : `Withheld: ${withheld}`);
    }
    const holders = await holdersNow(tags.releases, judged);
    const attempts = await Promise.allSettled(
      tags.releases.map(async tag => {
        if (holders[tag] !== image.digest)
          await tagger.release(tag, { digest: image.digest, ...(await manifest()) });
      }),
    );
    const isReleased = (_tag: string, index: number): boolean => attempts[index]?.status === 'fulfilled';
    tell({ released: tags.releases.filter(isReleased), withheld: [] });
    for (const [tag, holder] of Object.entries(holders)) {
      const isNew = holder !== judged.earlier.releases[tag] && holder !== image.digest;
      if (isNew) warnOfMove(log, { tag, holder, digest: image.digest });
    }
    const refused = attempts.find(attempt => attempt.status === 'rejected');
    if (refused) throw refused.reason;
    const released = tags.releases.join(', ');
    log.result(released === '' ? 'No release tags for this commit' : `${released} now at ${image.digest}`);
  });
}

function sayPushed(releases: string[], { kind }: Verdict): string {
  if (releases.length === 0) return 'No release tags for this commit';
  const doubt = kind === 'blocked' ? ', though the gate blocked the image' : '';
  return `${releases.join(', ')} went on with the push${doubt} (\`release: with-push\`)`;
}

/** What the tags name: those that can move are asked again, as another job may have put them elsewhere meanwhile. */
async function holdersNow(
  releases: string[],
  { repository, tagger, earlier }: Judged,
): Promise<Record<string, string>> {
  const movable = releases.filter(tag => canMove(tag, repository.mutability));
  if (movable.length === 0) return earlier.releases;
  const fixed = Object.entries(earlier.releases).filter(([tag]) => !movable.includes(tag));
  return { ...Object.fromEntries(fixed), ...(await tagger.holders(movable)) };
}

function warnOfMove(
  log: Log,
  { tag, holder, digest }: { tag: string; holder: string; digest: string },
): void {
  log.warn(
    `Another job put the tag '${tag}' on ${holder} while this one ran; this job has put it on ${digest}. ` +
      'Where the other job was the newer one, run it again; a `concurrency` group in the workflow lets one follow the other.',
  );
}
