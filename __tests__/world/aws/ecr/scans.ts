import type { ScanStatus } from '@aws-sdk/client-ecr';
import { isRunnable } from './image.ts';
import type { Image } from './image.ts';
import type { Registry, Repository } from './registry.ts';
import { scanFrequencyOf } from './scan-frequency.ts';
import { isEnhanced, storyOf } from './scan-story.ts';
import type { Finding, ScanStory } from './scan-story.ts';

/** What a scan tells at one moment. */
export interface ScanReport {
  status: ScanStatus;
  description?: string;
  /** Absent while the scan runs. */
  completedAt?: Date;
  /** Absent while the scan runs and when it failed. */
  findings?: Finding[];
  uncounted?: true;
  unlisted?: true;
  /** What a page after the first says in the place of `status`. */
  laterStatus?: ScanStatus;
  repeatsPage?: true;
}

/** The scans of a registry's images, and the stories by which they go. */
export interface Scans {
  /** For images that no story matches. */
  default: ScanStory;
  tell(story: ScanStory): void;
  /** Makes all scans so far older by so many milliseconds. */
  age(milliseconds: number): void;
  /** Starts the scan that a push brings, where the settings say so. */
  pushed(repositoryName: string, image: Image, at: Date): void;
  /** Forgets the scan of an image, as archiving it does. */
  forget(repositoryName: string, image: Image): void;
  /** Starts a scan; false when there was one in the last 24 hours. */
  start(repositoryName: string, image: Image, at: Date): boolean;
  /** What a read of an image's scan tells, if there is a scan; a `first` page lets the counts grow. */
  read(repository: Repository, image: Image, options: { first: boolean }): ScanReport | undefined;
  /** What Inspector says of an image's scan, if there is one; it has succeeded before all that it found is to be seen. */
  coverageOf(repository: Repository, image: Image): 'SUCCESSFUL' | 'PENDING_INITIAL_SCAN' | undefined;
  /** The scan members of DescribeImages, which only enhanced scanning fills. */
  summaryOf(repository: Repository, image: Image): object;
}

interface Scan {
  startedAt: Date;
  /** Reads of a first page since it ended. */
  reads: number;
}

const dayMs = 24 * 60 * 60 * 1000;
const unsupported = 'UnsupportedImageError: The operating system and/or package manager are not supported.';

export function createScans({ registry, now }: { registry: Registry; now: () => Date }): Scans {
  const stories: ScanStory[] = [];
  const scans = new Map<string, Scan>();
  const keyOf = (repositoryName: string, { digest }: Image) => `${repositoryName}@${digest}`;

  const self: Scans = {
    default: {},
    tell(story) {
      stories.push(story);
    },
    age(milliseconds) {
      for (const [key, scan] of scans)
        scans.set(key, { ...scan, startedAt: new Date(scan.startedAt.getTime() - milliseconds) });
    },
    pushed(repositoryName, image, at) {
      const frequency = scanFrequencyOf(registry.get(repositoryName), registry.scanning);
      if (frequency !== 'MANUAL' && isRunnable(image)) self.start(repositoryName, image, at);
    },
    forget: (repositoryName, image) => void scans.delete(keyOf(repositoryName, image)),
    start(repositoryName, image, at) {
      const last = scans.get(keyOf(repositoryName, image));
      if (last && at.getTime() - last.startedAt.getTime() < dayMs) return false;
      scans.set(keyOf(repositoryName, image), { startedAt: at, reads: 0 });
      return true;
    },
    read(repository, image, { first }) {
      const scan = scans.get(keyOf(repository.name, image));
      const story = storyOf(stories, repository, image) ?? self.default;
      const age = now().getTime() - image.pushedAt.getTime();
      if (!scan || age < (story.scanNotFoundForMs ?? 0)) return undefined;
      const enhanced = registry.scanning.scanType === 'ENHANCED';
      const endsAt = new Date(scan.startedAt.getTime() + (story.durationMs ?? 0));
      if (now() < endsAt) return { status: enhanced ? 'PENDING' : 'IN_PROGRESS' };
      const reads = scan.reads + (first ? 1 : 0);
      scans.set(keyOf(repository.name, image), { ...scan, reads });
      return ended(story, { endsAt, reads, enhanced });
    },
    coverageOf(repository, image) {
      const scan = scans.get(keyOf(repository.name, image));
      if (!scan || registry.scanning.scanType !== 'ENHANCED') return undefined;
      const { durationMs = 0, settles = [] } = storyOf(stories, repository, image) ?? self.default;
      const isOver = now().getTime() >= scan.startedAt.getTime() + durationMs && scan.reads >= settles.length;
      return isOver ? 'SUCCESSFUL' : 'PENDING_INITIAL_SCAN';
    },
    summaryOf(repository, image) {
      if (registry.scanning.scanType !== 'ENHANCED') return {};
      const report = self.read(repository, image, { first: false });
      if (!report) return {};
      const { status, completedAt, findings = [] } = report;
      return {
        imageScanStatus: { status },
        imageScanFindingsSummary: {
          imageScanCompletedAt: completedAt,
          findingSeverityCounts: countsOf(findings),
        },
      };
    },
  };
  return self;
}

/** How many findings there are of each severity; a severity without any is left out. */
export function countsOf(findings: readonly Finding[]): Record<string, number> {
  const groups = Map.groupBy(findings, ({ severity }) => severity ?? 'UNDEFINED');
  return Object.fromEntries([...groups].map(([severity, { length }]) => [severity, length]));
}

function ended(
  story: ScanStory,
  { endsAt, reads, enhanced }: { endsAt: Date; reads: number; enhanced: boolean },
): ScanReport {
  const { findings = [], settles = [], statuses = [], uncounted, unlisted, repeatsPage } = story;
  const laterStatus = story.laterStatuses?.[Math.max(0, reads - 1)];
  const status = statuses[Math.max(0, reads - 1)] ?? story.status ?? (enhanced ? 'ACTIVE' : 'COMPLETE');
  if (status === 'PENDING') return { status };
  if (findings.some(finding => isEnhanced(finding) !== enhanced)) {
    const type = enhanced ? 'ENHANCED' : 'BASIC';
    throw new Error(`A story tells of findings that a registry with the scan type ${type} cannot have.`);
  }
  if (status === 'FAILED' || status === 'UNSUPPORTED_IMAGE') {
    return { status, description: story.description ?? unsupported };
  }
  const shown = settles[Math.max(0, reads - 1)] ?? findings.length;
  return {
    status,
    ...(story.description === undefined ? {} : { description: story.description }),
    // Before the first of them is there, an enhanced scan has not said when it was done.
    ...(shown === 0 && findings.length > 0 ? {} : { completedAt: endsAt }),
    findings: findings.slice(0, shown),
    ...(uncounted && { uncounted }),
    ...(unlisted && { unlisted }),
    ...(laterStatus && { laterStatus }),
    ...(repeatsPage && { repeatsPage }),
  };
}
