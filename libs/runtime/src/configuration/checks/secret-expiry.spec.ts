import { describe, expect, it } from '@jest/globals';
import { secretExpiry } from './secret-expiry.js';

const oauth2 = { provider: 'microsoft365', clientSecretExpiresAt: '2027-01-31' } as const;

describe('the end of a client secret', () => {
  it.each([
    ['2026-12-31T00:00:00Z', 31, null],
    ['2027-01-01T00:00:00Z', 30, 30],
    ['2027-01-20T12:00:00Z', 10, 14],
    ['2027-01-24T00:00:00Z', 7, 7],
    ['2027-01-30T12:00:00Z', 0, 1],
    ['2027-01-31T00:00:00Z', 0, 0],
    ['2027-02-02T00:00:00Z', -2, 0],
  ])('seen from %s is %d days away and warned of at %p', (now, daysLeft, warningDays) => {
    expect(secretExpiry({ oauth2 }, new Date(now))).toMatchObject({ daysLeft, warningDays });
  });

  it('is not known without a date', () => {
    expect(secretExpiry({ oauth2: null }, new Date())).toBeNull();
    expect(secretExpiry({ oauth2: { provider: 'google' } }, new Date())).toBeNull();
  });
});
