import type { AwsSession } from '../aws/aws.ts';
import { Failure } from '../platform/failure.ts';
import type { Log } from '../platform/job.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { Repository } from '../repository/repository.ts';
import { immovableTags } from '../tags/select-releases.ts';
import type { Tags } from '../tags/plan.ts';
import { destinationOpener } from './open-destination.ts';
import type { Destination, OpeningParts } from './open-destination.ts';
import { sayFailed } from './failed-destinations.ts';
import type { FailedDestination } from './failed-destinations.ts';

type Parts = OpeningParts & { tags: Pick<Tags, 'candidate' | 'releases' | 'moving'> };

/**
 * Opens all destinations at once: logs in, ensures the repository and begins an upload, so that what would fail at the copy fails
 * before the build. Without destinations it does nothing.
 * @throws {Failure} with all destinations that cannot be used.
 */
export function openDestinations(
  { job, plan }: RunOf<Parts>,
  own: AwsSession,
  source: Promise<Repository> | Repository,
): Promise<Destination[]> {
  if (plan.copies.length === 0) return Promise.resolve([]);
  return job.step('Open the destinations', async log => {
    const open = destinationOpener(job, plan, own);
    const warnings: string[] = [];
    const works = plan.copies.map(each => open(each, namedLog(log, { title: each.title, warnings })));
    const ends = await Promise.allSettled(works);
    job.signal.throwIfAborted();
    const opened = ends.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []));
    // Without it there is no run, and its own error is told.
    const taken = [{ title: '`repository`', repository: await source }];
    const failed = plan.copies.flatMap(({ title }, index): FailedDestination[] => {
      const end = ends[index];
      if (end?.status === 'rejected') return [{ title, error: end.reason }];
      if (end === undefined) return [];
      const { repository } = end.value;
      const same = taken.find(each => each.repository.uri === repository.uri);
      taken.push({ title, repository });
      return same === undefined ? [] : [{ title, error: isSame(repository, same.title) }];
    });
    for (const warning of immovable(opened, plan)) warnings.push(warning);
    // All warnings are one annotation, because GitHub shows only ten of each step.
    if (warnings.length > 0) log.warn(warnings.join('\n'));
    if (failed.length > 0) {
      const { message, remedy } = sayFailed(failed);
      const repositories = [await source, ...opened.map(({ repository }) => repository)];
      throw new Failure(
        `${failed.length} of ${plan.copies.length} destinations of \`copy-to\` cannot be copied to:\n${message}`,
        { remedy: [remedy, sayUndone(repositories)].join('\n'), cause: failed[0]?.error },
      );
    }
    log.result(opened.length === 1 ? 'One is ready' : `${opened.length} are ready`);
    return opened;
  });
}

function sayUndone(repositories: readonly Repository[]): string {
  const created = repositories.filter(({ madeBy }) => madeBy === 'this run');
  const names = created.map(({ uri }) => uri).join(', ');
  return `Nothing has been built or pushed.${names === '' ? '' : ` Created meanwhile, and empty: ${names}.`}`;
}

/** A log in which each line names the destination that it is about; warnings are collected. */
function namedLog(log: Log, { title, warnings }: { title: string; warnings: string[] }): Log {
  return {
    info: text => log.info(`${title}: ${text}`),
    raw: log.raw,
    warn: text => void warnings.push(`${title}: ${text}`),
    result: () => {},
  };
}

function isSame({ uri }: Repository, other: string): Failure {
  return new Failure(`It is ${uri}, as ${other} is.`, { remedy: 'Leave this line of `copy-to` out.' });
}

/** What is said of tags that are meant to move and could not at a destination, where they are left out. */
function immovable(opened: readonly Destination[], { tags }: Parts): string[] {
  return opened.flatMap(({ plan: { title }, repository: { mutability } }) => {
    const names = immovableTags(mutability, tags).map(tag => `'${tag}'`);
    return names.length === 0
      ? []
      : [
          `${title}: The image does not get the tags ${names.join(', ')} there: they are meant to move, and the repository is ${mutability.setting} and does not let them.`,
        ];
  });
}
