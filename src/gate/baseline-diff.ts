import type { Finding } from '../scan/findings.ts';
import { unnamedPlatform } from '../scan/report.ts';

/** The image that the findings are compared with. */
export type Baseline =
  | {
      kind: 'scanned';
      name: string;
      digest: string;
      platforms: readonly string[];
      findings: readonly Finding[];
    }
  /** There is no such image, or no scan of it, so every finding counts as new. */
  | { kind: 'missing'; name: string; reason: string };

/** The findings that are new, gone or still there. Each lists only the platforms for which that is true. */
export interface BaselineDiff {
  baseline: Baseline;
  added: Finding[];
  gone: Finding[];
  stayed: Finding[];
}

interface ScannedImage {
  findings: readonly Finding[];
  platforms: readonly string[];
}

/** Compares by vulnerability, package and platform; another version of a package does not make a finding new. */
export function compareWithBaseline(image: ScannedImage, baseline: Baseline): BaselineDiff {
  if (baseline.kind === 'missing') return { baseline, added: [...image.findings], gone: [], stayed: [] };
  const samePlatform = haveSamePlatform(image.platforms, baseline.platforms);
  const [imageKeys, baselineKeys] = [
    findingKeys(image.findings, samePlatform),
    findingKeys(baseline.findings, samePlatform),
  ];
  return {
    baseline,
    added: image.findings.flatMap(each =>
      onMatchingPlatforms(each, key => !baselineKeys.has(key), samePlatform),
    ),
    gone: baseline.findings.flatMap(each =>
      onMatchingPlatforms(each, key => !imageKeys.has(key), samePlatform),
    ),
    stayed: image.findings.flatMap(each =>
      onMatchingPlatforms(each, key => baselineKeys.has(key), samePlatform),
    ),
  };
}

/** Whether both are images of one and the same platform. An image that does not state its platform matches any. */
function haveSamePlatform(here: readonly string[], there: readonly string[]): boolean {
  if (here.length > 1 || there.length > 1) return false;
  const [first = unnamedPlatform, second = unnamedPlatform] = [...here, ...there];
  return [first, second].includes(unnamedPlatform) || first === second;
}

function findingKeys(findings: readonly Finding[], samePlatform: boolean): Set<string> {
  return new Set(
    findings.flatMap(each =>
      platformsOf(each).map(platform => findingKey(each, samePlatform ? '' : platform)),
    ),
  );
}

/** The finding with only the platforms whose key fits; empty where none does. */
function onMatchingPlatforms(
  finding: Finding,
  fits: (key: string) => boolean,
  samePlatform: boolean,
): Finding[] {
  const platforms = platformsOf(finding).filter(platform =>
    fits(findingKey(finding, samePlatform ? '' : platform)),
  );
  return platforms.length > 0 ? [{ ...finding, platforms: platforms.filter(Boolean) }] : [];
}

function platformsOf({ platforms }: Finding): readonly string[] {
  return platforms.length > 0 ? platforms : [''];
}

function findingKey({ id, package: name }: Finding, platform: string): string {
  return JSON.stringify([id, name, platform]);
}

/** "2 new, 1 gone, 4 stayed since latest" */
export function sayComparison({ baseline, added, gone, stayed }: BaselineDiff): string {
  return `${added.length} new, ${gone.length} gone, ${stayed.length} stayed since ${baseline.name}`;
}
