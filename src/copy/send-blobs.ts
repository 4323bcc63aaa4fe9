import pRetry from 'p-retry';
import { requestLogin } from '../aws/authorization-token.ts';
import type { Login } from '../aws/authorization-token.ts';
import { CutTransfer, openTransfers } from '../aws/transfers.ts';
import type { TransferAnswer } from '../aws/transfers.ts';
import { registryHosts } from '../ecr/hosts.ts';
import { Failure } from '../platform/failure.ts';
import { isRecord, parseJson } from '../validation/parsers.ts';
import type { TreeBlob } from './image-tree.ts';
import type { Patience } from './pace.ts';
import type { Place } from './place.ts';

/** Sends blobs to one repository. */
export interface BlobSender extends Disposable {
  /**
   * Sends a blob, unless the registry mounts it from its repository `from`. `withFile` is called only where it has to be sent, and its
   * path is `undefined` where there is nothing to send.
   * @throws {Failure}
   */
  send: (blob: TreeBlob, options: { from: string | undefined; withFile: WithFile }) => Promise<SentBlob>;
}

/** Whether the bytes of a blob went over the network. `absent`: clients get it elsewhere, and neither side has it. */
export type SentBlob = 'sent' | 'mounted' | 'absent';

interface SendOptions extends Patience {
  signal: AbortSignal;
}

type WithFile = <T>(work: (path: string | undefined) => Promise<T>) => Promise<T>;

/** Tries to send a blob, whose connection may be cut. */
const SEND_TRIES = 3;

/**
 * Opens a sender that speaks the registry's protocol as containerd and BuildKit do: one POST and one PUT for a blob. The API of ECR
 * would take the same bytes in base64, a third more, and cannot mount.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-blobs
 */
export function openBlobSender({ ecr, region, repository, login }: Place, options: SendOptions): BlobSender {
  const { signal } = options;
  const { name, registryId, uri } = repository;
  const transfers = openTransfers(signal);
  let mayMount = true;
  let session = login && Promise.resolve(sessionWith(login, uri));
  const logIn = (): Promise<Session> =>
    (session = requestLogin(ecr, registryId).then(renewed => sessionWith(renewed, uri)));

  /** Makes a request with the login, and with a new one where that has expired. */
  const ask = async (
    request: (session: Session) => Parameters<typeof transfers.send>[0],
    accepted: readonly number[],
  ): Promise<TransferAnswer> => {
    const first = session ?? logIn();
    const answer = await transfers.send(request(await first));
    if (accepted.includes(answer.status)) return answer;
    if (answer.status !== 401 && answer.status !== 403) throw await refusal(answer, uri);
    await answer.text();
    // Whoever came first has renewed it for all.
    const renewed = session === undefined || session === first ? logIn() : session;
    const again = await transfers.send(request(await renewed));
    if (accepted.includes(again.status)) return again;
    throw await refusal(again, uri);
  };
  const open = async ({ digest }: TreeBlob, from: string | undefined): Promise<TransferAnswer> => {
    const mount = from === undefined ? '' : `?${new URLSearchParams({ mount: digest, from }).toString()}`;
    const answer = await ask(
      ({ url, headers }) => ({
        method: 'POST',
        url: new URL(`/v2/${name}/blobs/uploads/${mount}`, url),
        headers,
      }),
      [201, 202],
    );
    await answer.text();
    return answer;
  };
  const complete = async (
    { headers: { location = '' } }: TransferAnswer,
    { digest, size, path }: TreeBlob & { path: string },
  ): Promise<void> => {
    const answer = await ask(
      ({ url, headers }) => ({
        method: 'PUT',
        url: uploadUrl(location, { digest, url }),
        headers: { ...headers, 'content-type': 'application/octet-stream' },
        file: { path, size },
      }),
      [201],
    );
    await answer.text();
  };
  return {
    async send(blob, { from, withFile }) {
      const mountFrom = mayMount ? from : undefined;
      const opened = await inTries(() => open(blob, mountFrom), { ...options, blob, uri }).catch(error => {
        signal.throwIfAborted();
        if (mountFrom === undefined) throw error;
        // Whoever may not mount may send all the same, and is not refused once more, with a login anew, for each other layer.
        mayMount = false;
        return inTries(() => open(blob, undefined), { ...options, blob, uri });
      });
      if (opened.status === 201) return 'mounted';
      return withFile(async path => {
        if (path === undefined) return 'absent';
        let upload: TransferAnswer | undefined = opened;
        const attempt = async (): Promise<void> => {
          const current = upload ?? (await open(blob, undefined));
          // An upload that was cut is begun anew, as nobody knows how much of it has arrived.
          upload = undefined;
          await complete(current, { ...blob, path });
        };
        await inTries(attempt, { ...options, blob, uri });
        return 'sent';
      });
    },
    [Symbol.dispose]: () => transfers[Symbol.dispose](),
  };

  /** The login goes to no other registry. One that tells another host of its own is asked at the same host all the same. */
  function uploadUrl(location: string, { digest, url }: { digest: string; url: URL }): URL {
    const told = URL.parse(location, url.href);
    const isOwn = (host: string): boolean =>
      host === url.host || registryHosts({ registryId, region }).includes(host);
    if (told === null || !isOwn(told.host)) throw elsewhere(uri);
    const to = new URL(`${told.pathname}${told.search}`, url);
    to.searchParams.set('digest', digest);
    return to;
  }
}

/** Where the registry is and what it is told of who asks. */
interface Session {
  url: URL;
  headers: { authorization: string };
}

function sessionWith({ user, password, endpoint }: Login, uri: string): Session {
  // The user may have written another host of the same registry than the one that ECR answers; docker pushes to that one too.
  const url = new URL(`${URL.parse(endpoint ?? '')?.protocol ?? 'https:'}//${uri.replace(/\/.*/, '')}`);
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return { url, headers: { authorization } };
}

async function inTries<T>(
  attempt: () => Promise<T>,
  { blob, uri, signal, firstWaitMs = 1_000 }: SendOptions & { blob: TreeBlob; uri: string },
): Promise<T> {
  try {
    return await pRetry(attempt, {
      retries: SEND_TRIES - 1,
      minTimeout: firstWaitMs,
      shouldRetry: ({ error }) => error instanceof CutTransfer,
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof CutTransfer)) throw error;
    throw new Failure(`The layer ${blob.digest} could not be sent to ${uri}: ${error.message}.`, {
      remedy:
        "Run the job again; what has been copied is not copied again. If it stays, check that the runner's network or proxy lets it push to that host.",
      cause: error,
    });
  }
}

/** Characters of a registry's message that are told. */
const MAX_MESSAGE_LENGTH = 1_000;

/** The error for an answer that refuses: one that is worth another try, or a failure with the registry's words. */
async function refusal(
  { status, text }: Pick<TransferAnswer, 'status' | 'text'>,
  uri: string,
): Promise<Error> {
  const message = messageIn(await text());
  const said = `HTTP ${status}${message === '' ? '' : `, ${message.slice(0, MAX_MESSAGE_LENGTH)}`}`;
  // An upload that is unknown (404) or was begun elsewhere (416) is begun anew.
  if (status >= 500 || [404, 408, 416, 429].includes(status)) return new CutTransfer(`it answered ${said}`);
  return new Failure(`${uri} took no layer: ${said}.`, {
    remedy:
      status === 401 || status === 403
        ? 'Give the role of this destination ecr:InitiateLayerUpload, ecr:UploadLayerPart and ecr:CompleteLayerUpload on the repository; in another account the policy of the repository has to allow them too.'
        : 'Run the job again; if it stays, the message above says what the registry did not accept.',
  });
}

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes */
function messageIn(text: string): string {
  const parsed = parseJson(text);
  const errors = isRecord(parsed) && Array.isArray(parsed['errors']) ? parsed['errors'] : [];
  const [first]: unknown[] = errors;
  return isRecord(first) && typeof first['message'] === 'string' ? first['message'] : '';
}

function elsewhere(uri: string): Failure {
  return new Failure(`${uri} told to send a layer to another host, which does not get the login.`, {
    remedy: 'Check what answers in place of ECR: a proxy or a mirror before it.',
  });
}
