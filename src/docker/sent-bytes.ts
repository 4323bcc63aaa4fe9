import { readFileSync } from 'node:fs';

/**
 * The bytes that this machine has sent since it started, to itself left out; `undefined` where the system does not tell. Other
 * programs' bytes are counted too, and none of another network namespace.
 * https://man7.org/linux/man-pages/man5/proc_pid_net.5.html
 */
export function readSentBytes(): number | undefined {
  try {
    return sentBytesIn(readFileSync('/proc/net/dev', 'utf8'));
  } catch {
    return undefined;
  }
}

/** Sums up the ninth column of each interface. */
export function sentBytesIn(text: string): number | undefined {
  const sent = text.split('\n').flatMap(line => {
    const [, name, columns = ''] = /^\s*([^\s:]+):\s*(.*)$/.exec(line) ?? [];
    return name === undefined || name === 'lo' ? [] : [Number(columns.split(/\s+/)[8])];
  });
  const sum = sent.reduce((total, each) => total + each, 0);
  return sent.length > 0 && Number.isFinite(sum) ? sum : undefined;
}
