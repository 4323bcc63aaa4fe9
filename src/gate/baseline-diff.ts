import type { Finding } from '../scan/findings.ts';
import { unsaid } from '../scan/report.ts';

/** What the image is held against. */
export type Baseline =
  | {
      kind: 'scanned';
      name: string;
      digest: string;
      platforms: readonly string[];
      findings: readonly Finding[];
    }
  /** There is no such image, or no scan of it: everything counts as new. */
  | { kind: 'missing'; name: string; reason: string };

/** Findings by what has become of them, each on the platforms where it is so. */
export interface BaselineDiff {
  baseline: Baseline;
  added: Finding[];
  gone: Finding[];
  stayed: Finding[];
}

interface Scanned {
  findings: readonly Finding[];
  platforms: readonly string[];
}

/** Compares by vulnerability, package and platform; another version of a package does not make a finding new. */
export function compare(image: Scanned, baseline: Baseline): BaselineDiff {
  if (baseline.kind === 'missing') return { baseline, added: [...image.findings], gone: [], stayed: [] };
  const alike = areAlike(image.platforms, baseline.platforms);
  const [here, there] = [keysOf(image.findings, alike), keysOf(baseline.findings, alike)];
  return {
    baseline,
    added: image.findings.flatMap(each => only(each, key => !there.has(key), alike)),
    gone: baseline.findings.flatMap(each => only(each, key => !here.has(key), alike)),
    stayed: image.findings.flatMap(each => only(each, key => there.has(key), alike)),
  };
}

/** Two single images of which one does not say its platform are taken for the same one's; of two that do, both have to agree. */
function areAlike(here: readonly string[], there: readonly string[]): boolean {
  if (here.length > 1 || there.length > 1) return false;
  const [first = unsaid, second = unsaid] = [...here, ...there];
  return [first, second].includes(unsaid) || first === second;
}

function keysOf(findings: readonly Finding[], alike: boolean): Set<string> {
  return new Set(
    findings.flatMap(each => placesOf(each).map(platform => keyOf(each, alike ? '' : platform))),
  );
}

/** The finding on those of its platforms that fit, if any do. */
function only(finding: Finding, fits: (key: string) => boolean, alike: boolean): Finding[] {
  const places = placesOf(finding).filter(platform => fits(keyOf(finding, alike ? '' : platform)));
  return places.length > 0 ? [{ ...finding, platforms: places.filter(Boolean) }] : [];
}

function placesOf({ platforms }: Finding): readonly string[] {
  return platforms.length > 0 ? platforms : [''];
}

function keyOf({ id, package: name }: Finding, platform: string): string {
  return JSON.stringify([id, name, platform]);
}

/** "2 new, 1 gone, 4 stayed since latest" */
export function sayComparison({ baseline, added, gone, stayed }: BaselineDiff): string {
  return `${added.length} new, ${gone.length} gone, ${stayed.length} stayed since ${baseline.name}`;
}
