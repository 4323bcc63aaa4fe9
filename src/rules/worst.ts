import type { Finding } from './findings.ts';

/** The first ten findings as aligned lines for the log, worst first. */
export function worst(findings: readonly Finding[]): string[] {
  const rows = findings
    .slice(0, 10)
    .map(each => [each.severity, each.id, `${each.package} ${each.installed}`]);
  const widths = [0, 1].map(column => Math.max(0, ...rows.map(row => row[column]?.length ?? 0)));
  const more = findings.length - rows.length;
  return [
    ...rows.map(row => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}
