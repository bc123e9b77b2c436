/** How one attempt to fetch a sound ended, other than with its bytes. */
export type FetchFailure =
  | { readonly end: 'failed'; readonly failure: string }
  | { readonly end: 'expired' }
  | {
      /** Something that passes; `reason` is what it fails with when it does not. */
      readonly end: 'again';
      readonly reason: string;
      /** The server asks for so many milliseconds of patience. */
      readonly retryAfterMs: number | null;
    };

/** 202 and 204: it will be there. 408 is a connection that broke. */
const PASSING = [202, 204, 404, 408, 409, 425, 429];
const LONGEST_PAUSE_SECONDS = 24 * 60 * 60;

/** What a status means (channels.md G); null: the sound follows. */
export function judgeStatus(
  status: number,
  { withCredentials, retryAfter }: { readonly withCredentials: boolean; readonly retryAfter: string | undefined },
): FetchFailure | null {
  if (status === 200) {
    return null;
  }
  if (status === 401 || (status === 403 && withCredentials)) {
    return { end: 'failed', failure: 'auth' };
  }
  // A signed address has had its time; one that asks who we are does not say so with these.
  if (status === 403 || status === 410) {
    return { end: 'expired' };
  }
  if (PASSING.includes(status) || status >= 500) {
    const reason = status === 404 ? 'not_found' : `http_${status}`;
    return { end: 'again', reason, retryAfterMs: pauseOf(retryAfter) };
  }
  return { end: 'failed', failure: `http_${status}` };
}

/** RFC 9110 §10.2.3, the form in seconds. */
function pauseOf(retryAfter: string | undefined): number | null {
  return /^\d{1,6}$/.test(retryAfter ?? '') ? Math.min(Number(retryAfter), LONGEST_PAUSE_SECONDS) * 1000 : null;
}
