import type { HttpClient } from '@actions/http-client';

/** The response to a request, whatever its status. */
export interface HttpResponse {
  status: number;
  /** The parsed JSON, or the text where it is not JSON. */
  body: unknown;
  /** The text, as it was answered. */
  text: string;
  /**
   * The URL of the next page, from the header `link`.
   * https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
   */
  next: string | undefined;
}

/** A request whose body, if it has one, is JSON. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PATCH';
  url: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: object;
}

/** A request fails when its connection is silent for this long. */
const REQUEST_TIMEOUT_MS = 15_000;

/**
 * Sends a request through the proxy that the environment names, as GitHub's own actions do. The client is loaded on first use.
 */
export async function sendRequest({ method, url, headers = {}, body }: HttpRequest): Promise<HttpResponse> {
  const { HttpClient: Client } = await import('@actions/http-client');
  const client: HttpClient = new Client('ecr-image', [], {
    socketTimeout: REQUEST_TIMEOUT_MS,
    allowRetries: false,
  });
  try {
    const allHeaders = {
      accept: 'application/json',
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    };
    const { message, readBody } = await client
      .request(method, url, body ? JSON.stringify(body) : '', allHeaders)
      .then(response => ({ message: response.message, readBody: () => response.readBody() }));
    const { link } = message.headers;
    const text = await readBody();
    return {
      status: message.statusCode ?? 0,
      body: parseIfJson(text),
      text,
      next: /<([^>]+)>;\s*rel="next"/.exec(String(link ?? ''))?.[1],
    };
  } finally {
    client.dispose();
  }
}

function parseIfJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
