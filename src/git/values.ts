/** When something happened, ISO 8601, UTC; `undefined` where the text is no time of the years 0 to 9999. */
export function timeOf(given: string | number): string | undefined {
  const date = new Date(given);
  const time = Number.isNaN(date.getTime()) ? '' : date.toISOString();
  // Other years have six digits and a sign, which neither labels nor tags take.
  return /^\d{4}-/.test(time) ? time : undefined;
}

/** Whether a text is the full SHA of a commit, in a repository of SHA-1 or of SHA-256. */
export function isSha(given: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(given);
}
