import { describe, expect, it } from '@jest/globals';
import { FormTokens } from './form-tokens.js';
import { senderNetwork } from './sender-network.js';

const NOW = Date.UTC(2026, 2, 2, 10, 15);
const SCOPE = { accountId: '5f0c8f6e-3c1e-5b7a-8f57-0d4a3a0b9f11', form: 'website' };
const tokens = new FormTokens('a secret of case tokens');
const isGood = (token: string, now: number, scope = SCOPE) => tokens.verify(token, scope, { now, minSeconds: 3 }).ok;

describe('the token of a form', () => {
  const token = tokens.issue(SCOPE, NOW);

  it.each([
    [2_999, false],
    [3_000, true],
    [24 * 3_600_000, true],
    [24 * 3_600_000 + 1, false],
    [-1, false],
  ])('is good %s ms after it was given out: %s', (later, good) => {
    expect(isGood(token, NOW + later)).toBe(good);
  });

  it('is of one form of one account, and of whoever has the secret', () => {
    const now = NOW + 10_000;
    expect(isGood(token, now, { ...SCOPE, form: 'other' })).toBe(false);
    expect(isGood(token, now, { ...SCOPE, accountId: '5f0c8f6e-3c1e-5b7a-8f57-0d4a3a0b9f12' })).toBe(false);
    expect(isGood(new FormTokens('another secret of tokens').issue(SCOPE, NOW), now)).toBe(false);
  });

  it('is refused with any letter changed, and is never given out twice', () => {
    for (let place = 0; place < token.length - 1; place += 1) {
      const other = token[place] === 'A' ? 'B' : 'A';
      expect(isGood(token.slice(0, place) + other + token.slice(place + 1), NOW + 10_000)).toBe(false);
    }
    for (const wrong of ['', 'x', `${token}.`, ` ${token}`, token.slice(1)]) {
      expect(isGood(wrong, NOW + 10_000)).toBe(false);
    }
    expect(tokens.issue(SCOPE, NOW)).not.toBe(token);
  });
});

it.each([
  ['198.51.100.7', '198.51.100.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:2::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s is of the network %s', (address, network) => {
  expect(senderNetwork(address)).toBe(network);
});
