import { invalid } from './shape.ts';

/**
 * One page of a list.
 *
 * @param request as it asks: `nextToken` of the page before, and at most `maxResults` items
 * @param size how many there are where nothing is asked
 * @throws {Refusal} InvalidParameterException for a token that no page gave
 */
export function pageOf<T>(
  items: readonly T[],
  request: { nextToken?: string | undefined; maxResults?: number | undefined },
  { size }: { size: number },
): { items: T[]; nextToken?: string } {
  const start = request.nextToken === undefined ? 0 : parseToken(request.nextToken);
  const end = start + (request.maxResults ?? size);
  const page = items.slice(start, end);
  return end < items.length ? { items: page, nextToken: tokenOf(end) } : { items: page };
}

/** Opaque to clients, as a real one is. */
function tokenOf(start: number): string {
  return Buffer.from(JSON.stringify({ start })).toString('base64');
}

function parseToken(token: string): number {
  const [, start] = /^\{"start":(\d+)\}$/.exec(Buffer.from(token, 'base64').toString('utf8')) ?? [];
  if (start === undefined) throw invalid('nextToken', 'Invalid token');
  return Number(start);
}
