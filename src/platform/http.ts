import type { HttpClient } from '@actions/http-client';

/** An answer in JSON, whatever its status. */
export interface Answer {
  status: number;
  /** What was said, parsed where it is JSON. */
  body: unknown;
  /** The page that follows this one. https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
  next: string | undefined;
}

export interface Request {
  method: 'GET' | 'POST' | 'PATCH';
  url: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: object;
}

/** Milliseconds without a word after which a request has failed. */
const REQUEST_TIMEOUT_MS = 15_000;

/** Asks through the proxy that the environment names, as GitHub's own actions do; loaded when there is something to ask. */
export async function ask({ method, url, headers = {}, body }: Request): Promise<Answer> {
  const { HttpClient: Client } = await import('@actions/http-client');
  const client: HttpClient = new Client('ecr-image', [], {
    socketTimeout: REQUEST_TIMEOUT_MS,
    allowRetries: false,
  });
  try {
    const given = {
      accept: 'application/json',
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    };
    const { message, readBody } = await client
      .request(method, url, body ? JSON.stringify(body) : '', given)
      .then(response => ({ message: response.message, readBody: () => response.readBody() }));
    const { link } = message.headers;
    return {
      status: message.statusCode ?? 0,
      body: parse(await readBody()),
      next: /<([^>]+)>;\s*rel="next"/.exec(String(link ?? ''))?.[1],
    };
  } finally {
    client.dispose();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
