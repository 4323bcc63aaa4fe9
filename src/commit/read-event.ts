import { readFileSync, statSync } from 'node:fs';
import { describeFailure, Failure } from '../platform/failure.ts';
import { parseEvent } from './event-payload.ts';
import type { EventPayload } from './event-payload.ts';

/** GitHub sends no longer payload than 25 MB. https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * Reads the payload of the event that started the job; without a file it is empty.
 * @throws {Failure} where there is something else than a payload.
 */
export function readEvent(path: string | undefined): EventPayload {
  const stats = path ? statSync(path, { throwIfNoEntry: false }) : undefined;
  if (!path || stats === undefined) return {};
  if (!stats.isFile()) throw unreadable(path, 'it is no file');
  if (stats.size > MAX_BYTES) throw unreadable(path, `it has more than ${MAX_BYTES} bytes`);
  const payload = contentOf(path);
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload))
    throw unreadable(path, 'it is no JSON object');
  return parseEvent(payload);
}

function contentOf(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(path, describeFailure(error), error);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(path, 'it is no JSON', error);
  }
}

function unreadable(path: string, reason: string, cause?: unknown): Failure {
  return new Failure(`The event's payload, ${path} of GITHUB_EVENT_PATH, could not be read: ${reason}.`, {
    remedy:
      'The runner writes this file before the job: let no earlier step change it or the variable. Nothing has been created or pushed.',
    cause,
  });
}
