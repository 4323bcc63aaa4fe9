import { simulate } from '../__tests__/scan/scan-simulation.ts';

/** Runs of each length; lengths differ by a tenth, as no two scans take the same time. */
const runs = 20;

interface Wait {
  late: number;
  calls: number;
  /** Of a look every 5 s. */
  lateAlone: number;
  callsAlone: number;
}

const rows: Record<string, string>[] = [];
for (const seconds of [2, 20, 200]) {
  const waits: Wait[] = [];
  for (let run = 0; run < runs; run++) {
    const durationMs = seconds * 1_000 * (0.9 + (0.2 * run) / (runs - 1));
    const { took, calls } = await simulate({ tell: aws => aws.ecr.scans.tell({ durationMs }) });
    const looks = Math.ceil(durationMs / 5_000);
    waits.push({
      late: took - durationMs,
      calls: calls.length,
      lateAlone: looks * 5_000 - durationMs,
      callsAlone: looks + 1,
    });
  }
  const mean = (member: keyof Wait): number => waits.reduce((sum, wait) => sum + wait[member], 0) / runs;
  rows.push({
    scan: `${seconds} s`,
    'seconds late': (mean('late') / 1_000).toFixed(1),
    calls: mean('calls').toFixed(1),
    'a look every 5 s: late': (mean('lateAlone') / 1_000).toFixed(1),
    'its calls': mean('callsAlone').toFixed(1),
  });
}
console.log(`means of ${runs} waits by a simulated clock, against the stand-in of ECR`);
console.table(rows);
