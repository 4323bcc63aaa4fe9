import { annotate, mask } from '../platform/actions.ts';
import type { Log } from '../platform/job.ts';

/**
 * Writes the output of the cache worker to the log. The commands of the worker's own client are carried out here: its masks, and
 * its errors as warnings, as the cache does not fail the job. Each of them is a single line, in which the client has escaped the
 * ends of lines. All other lines are text.
 * https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
 */
export function relayWorkerOutput(log: Log, output: string): void {
  for (const line of output.split(/\r?\n/)) {
    const [, name, data = ''] = /^::(add-mask|debug|error|notice|warning)(?: [^:]*)?::(.*)$/.exec(line) ?? [];
    const text = data.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
    switch (name) {
      case 'add-mask':
        mask(text);
        break;
      case 'debug':
        annotate.debug(text);
        break;
      case 'notice':
        log.info(text);
        break;
      case 'error':
      case 'warning':
        log.warn(text);
        break;
      default:
        if (line !== '' && !line.startsWith('archive: ')) log.info(line);
    }
  }
}
