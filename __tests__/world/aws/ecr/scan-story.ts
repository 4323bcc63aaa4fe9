import type { EnhancedImageScanFinding, ImageScanFinding, ScanStatus } from '@aws-sdk/client-ecr';
import { parentsOf, tagsOf } from './image-lookup.ts';
import { labelsOf } from './image.ts';
import type { Image } from './image.ts';
import type { Repository } from './registry.ts';

/** A basic or an enhanced finding; which of them an image can have is the registry's setting. */
export type Finding = ImageScanFinding | EnhancedImageScanFinding;

/** What can be seen of an image that is scanned. */
export interface ScannedImage {
  repositoryName: string;
  digest: string;
  mediaType: string;
  /** Its own tags and those of the indexes that name it. */
  tags: string[];
  /** `linux/amd64` */
  platform: string;
  /** The labels of its config. */
  labels: Readonly<Record<string, unknown>>;
  /** The parsed config. */
  config: Readonly<Record<string, unknown>>;
}

/** Images by what they are; of several members all have to agree. */
export type ImageMatch =
  ((image: ScannedImage) => boolean) | { labels?: Record<string, string>; tag?: string; digest?: string };

/** How a scan goes for certain images. */
export interface ScanStory {
  /** All repositories where it is left out. */
  repositoryName?: string;
  /** All images where it is left out. */
  match?: ImageMatch;
  /** `linux/arm64`; all platforms where it is left out. */
  platform?: string;
  findings?: Finding[];
  /** How long the scan is IN_PROGRESS, or PENDING when scanning is enhanced. */
  durationMs?: number;
  /** How long after the push there is no scan to be seen at all. */
  scanNotFoundForMs?: number;
  /** How many findings the first, second, … reads after the end show; all of them after that. */
  settles?: number[];
  /** What the first, second, … reads after the end say in the place of `status`; PENDING shows no findings. */
  statuses?: ScanStatus[];
  /** The answer states no counts, which it may do. */
  uncounted?: true;
  /** The answer has counts and an end of the scan, and no list of findings. */
  unlisted?: true;
  /** What the pages after the first say in the place of `status`, in the first, second, … reading of them all. */
  laterStatuses?: ScanStatus[];
  /** A page of findings names itself as the next one. */
  repeatsPage?: true;
  /** What the scan ends with; COMPLETE, or ACTIVE when scanning is enhanced, where it is left out. */
  status?: ScanStatus;
  description?: string;
}

/** The story that applies to an image: of those that match, the one told last. */
export function storyOf(
  stories: readonly ScanStory[],
  repository: Repository,
  image: Image,
): ScanStory | undefined {
  const seen = lookAt(repository, image);
  return stories.findLast(
    ({ repositoryName = seen.repositoryName, platform = seen.platform, match }) =>
      repositoryName === seen.repositoryName &&
      platform === seen.platform &&
      (!match || matches(match, seen)),
  );
}

/** Whether a finding has an enhanced scan's form. */
export function isEnhanced(finding: Finding): finding is EnhancedImageScanFinding {
  return 'findingArn' in finding || 'packageVulnerabilityDetails' in finding || 'title' in finding;
}

function lookAt(repository: Repository, image: Image): ScannedImage {
  const { digest, mediaType, platform = '', config = {} } = image;
  const digests = [digest, ...parentsOf(repository, digest).map(parent => parent.digest)];
  const tags = digests.flatMap(each => tagsOf(repository, each));
  return {
    repositoryName: repository.name,
    digest,
    mediaType,
    tags,
    platform,
    labels: labelsOf(config),
    config,
  };
}

function matches(match: ImageMatch, image: ScannedImage): boolean {
  if (typeof match === 'function') return match(image);
  const { labels = {}, tag, digest = image.digest } = match;
  return (
    digest === image.digest &&
    (tag === undefined || image.tags.includes(tag)) &&
    Object.entries(labels).every(([name, value]) => image.labels[name] === value)
  );
}
