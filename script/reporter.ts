import { Readable } from 'node:stream';
import { spec } from 'node:test/reporters';
import type { TestEvent } from 'node:test/reporters';

/** Node's own report, and as its last line how many tests passed and failed. */
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let tally = '0 passed, 1 failed';
  const told = async function* (): AsyncGenerator<TestEvent> {
    for await (const event of events) {
      // Each file has a summary of its own; that of the whole run names no file.
      if (event.type === 'test:summary' && event.data.file === undefined) {
        const { tests, passed, skipped, todo } = event.data.counts;
        tally = `${passed} passed, ${tests - passed - skipped - todo} failed`;
        if (skipped > 0) tally += `, ${skipped} skipped`;
      }
      yield event;
    }
  };
  for await (const text of Readable.from(told()).pipe(new spec())) yield String(text);
  yield `${tally}\n`;
}
