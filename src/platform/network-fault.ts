/** Where a request was sent. */
interface Sent {
  url: string;
  /** The proxy that a URL is asked through, or an empty text. */
  getProxyUrl: (url: string) => string;
}

/** What a code of Node means for a host. https://nodejs.org/api/errors.html#common-system-errors */
const meanings: [codes: RegExp, meaning: (host: string) => string][] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, host => `the name ${host} could not be resolved`],
  [/^ECONNREFUSED$/, host => `${host} refused the connection`],
  [/^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE)$/, host => `the connection to ${host} was cut`],
  [/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/, host => `${host} could not be reached`],
  [/CERT|SIGNATURE|_TLS_|_SSL_/, host => `the certificate of ${host} is not trusted`],
];

/** Begins the message of the client for a proxy that made no tunnel. https://github.com/koichik/node-tunnel/blob/master/lib/tunnel.js */
const tunnelPrefix = /^tunneling socket could not be established, (?:cause=|statusCode=)/;

/** Says why there was no answer to a request: the fault with its code, and the proxy where there is one. Neither its path nor a password is shown. */
export function sayNetworkFault(error: unknown, { url, getProxyUrl }: Sent): string {
  const { message, code } = partsOf(error);
  const host = URL.parse(url)?.host;
  if (host === undefined) return 'the address is no URL';
  const meaning = meanings.find(([codes]) => codes.test(code))?.[1](host);
  const proxy = URL.parse(getProxyUrl(url));
  if (proxy !== null) {
    const reason = tunnelPrefix.test(message) ? message.replace(tunnelPrefix, '') : (meaning ?? message);
    const kind = url.startsWith('https:') ? 'HTTPS_PROXY' : 'HTTP_PROXY';
    return `${host} could not be reached through the proxy ${proxy.protocol}//${proxy.host} of ${kind}: ${reason}`;
  }
  return meaning === undefined ? `${host}: ${message}` : `${meaning} (${code})`;
}

/** The message and the code of an error. Where a host has several addresses, Node wraps the errors of all of them. */
function partsOf(error: unknown): { message: string; code: string } {
  const first: unknown = error instanceof AggregateError && error.message === '' ? error.errors[0] : error;
  if (!(first instanceof Error)) return { message: String(first), code: '' };
  return { message: first.message, code: 'code' in first ? String(first.code) : '' };
}
