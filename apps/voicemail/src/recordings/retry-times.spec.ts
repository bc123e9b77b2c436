import { describe, expect, it } from '@jest/globals';
import { judgeStatus } from './fetch/judge-status.js';
import { FETCH_WAITS, waitAfter } from './retry-times.js';

const judged = (status: number, withCredentials = false, retryAfter?: string) =>
  judgeStatus(status, { withCredentials, retryAfter });

describe('an answer that is no sound', () => {
  it.each([404, 409, 425, 429, 500, 502, 503, 599, 202, 204, 408])('%d passes', (status) => {
    expect(judged(status)?.end).toBe('again');
  });

  it('that asks who we are is a matter of credentials', () => {
    const auth = { end: 'failed', failure: 'auth' };
    expect([judged(401), judged(401, true), judged(403, true)]).toEqual([auth, auth, auth]);
  });

  it('of a signed address says that its time is over', () => {
    expect([judged(403)?.end, judged(410)?.end, judged(410, true)?.end]).toEqual(['expired', 'expired', 'expired']);
  });

  it('of any other kind is for good', () => {
    expect(judged(400)).toEqual({ end: 'failed', failure: 'http_400' });
    expect(judged(206)).toEqual({ end: 'failed', failure: 'http_206' });
    expect(judged(200)).toBeNull();
  });

  it('may ask for patience, up to a day', () => {
    expect(judged(429, false, '120')).toMatchObject({ retryAfterMs: 120_000 });
    expect(judged(503, false, '999999')).toMatchObject({ retryAfterMs: 86_400_000 });
    expect(judged(503, false, 'Wed, 21 Oct 2026 07:28:00 GMT')).toMatchObject({ retryAfterMs: null });
  });
});

describe('the waits between attempts', () => {
  it('are those of the specification, and then it is over', () => {
    expect(FETCH_WAITS).toHaveLength(15);
    const seconds = FETCH_WAITS.map((_, index) => waitAfter(FETCH_WAITS, index + 1)).map((ms) => ms && ms / 1000);
    expect(seconds).toEqual([2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 10_800, 21_600, 43_200, 86_400, null]);
  });

  it('are no shorter than the server asks for', () => {
    expect(waitAfter(FETCH_WAITS, 1, 90_000)).toBe(90_000);
    expect(waitAfter(FETCH_WAITS, 9, 90_000)).toBe(1_800_000);
    expect(waitAfter(FETCH_WAITS, 15, 90_000)).toBeNull();
  });
});
