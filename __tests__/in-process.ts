import { setImmediate } from 'node:timers/promises';
import type { openPublicEcr } from '../src/aws/ecr-public.ts';
import { openEcr } from '../src/aws/ecr.ts';
import type { EcrOptions, OpenEcr } from '../src/aws/ecr.ts';
import type { Job } from '../src/platform/job.ts';
import type { Clock } from '../src/platform/poll.ts';
import type { Aws } from './world/aws/aws.ts';
import { allow } from './world/aws/sample.ts';

/** A job for steps that run in the process of the test; its lines go to `log`. */
export function jobOf(log: Pick<string[], 'push'>): Job {
  const write = (text: string): void => void log.push(text);
  return {
    signal: new AbortController().signal,
    times: [],
    step: (_title, work) => work({ info: write, raw: write, warn: write, result: write }),
    logInOrder: () => {},
    allLogged: () => Promise.resolve(),
    onFailure: () => {},
    runFailureHandlers: () => Promise.resolve(),
    atEnd: () => {},
    runEndings: () => Promise.resolve(),
    titleOf: () => undefined,
    orBrokenOff: work => work,
  };
}

/** Makes a user of AWS, and what a client of the action needs to act as that user; none of the calls needs a docker. */
export function openUser(aws: Aws, ...actions: string[]): EcrOptions & Parameters<typeof openPublicEcr>[0] {
  const user = { accessKeyId: 'AKIAEXAMPLEOFOURS', secretAccessKey: 'a/secret+of/ours' };
  aws.iam.putUser({ name: 'ours', ...user, policies: [allow(...actions)] });
  // As everybody who tests against a stand-in tells the SDK.
  process.env['AWS_ENDPOINT_URL'] = aws.url;
  return {
    credentials: () => Promise.resolve({ ...user, sessionToken: '', expiration: new Date(Date.now() + 3e6) }),
    denied: message => message,
    signal: new AbortController().signal,
    docker: () => Promise.reject(new Error('There is no docker in this process.')),
    addressFor: (uri: string) => uri,
  };
}

/** The client of ECR that the action uses, as a user who may do everything in ECR. */
export function openOurEcr(aws: Aws): Promise<OpenEcr> {
  return openEcr(aws.region, openUser(aws, 'ecr:*'));
}

/** A clock of which minutes pass in no time, as soon as nothing else is to be done. */
export function simulatedClock(): Clock {
  let time = Date.now();
  return {
    now: () => time,
    async sleep(milliseconds, signal) {
      signal.throwIfAborted();
      // Of several pauses at once the shortest has to end first.
      const wake = time + milliseconds;
      await setImmediate();
      time = Math.max(time, wake);
    },
  };
}
