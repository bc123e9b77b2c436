import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parsePhoneNumber } from 'awesome-phonenumber';
import { normalisePhoneNumber, type PhoneReading, readPhoneNumber } from './phone-number.js';

interface Spelling extends Omit<PhoneReading, 'extension'> {
  readonly spelling: string;
  readonly country: string | null;
  readonly extension?: string;
  /** Why another program reads it otherwise. */
  readonly differs?: string;
}

const { reasons, spellings } = JSON.parse(
  readFileSync(new URL('fixtures/phone-spellings.json', import.meta.url), 'utf8'),
) as { readonly reasons: Readonly<Record<string, string>>; readonly spellings: readonly Spelling[] };

const KINDS: Readonly<Record<string, string>> = {
  'fixed-line': 'fixed',
  'fixed-line-or-mobile': 'fixed_or_mobile',
  'personal-number': 'personal',
  'premium-rate': 'premium_rate',
  'shared-cost': 'shared_cost',
  'toll-free': 'toll_free',
  uan: 'company',
};

/** What the peer makes of it: its key, and its kind where there is one. */
function readByPeer({ spelling, country }: Spelling): { key: string | null; kind: string | null } {
  const parsed = parsePhoneNumber(spelling, country === null ? {} : { regionCode: country });
  return parsed.valid
    ? { key: parsed.number.e164, kind: KINDS[parsed.type] ?? parsed.type }
    : { key: null, kind: null };
}

describe('the table of spellings', () => {
  it('has at least 120 of 20 countries, each once, and each kind and confidence', () => {
    expect(spellings.length).toBeGreaterThanOrEqual(120);
    expect(new Set(spellings.map(({ country }) => country)).size).toBeGreaterThan(20);
    expect(new Set(spellings.map(({ spelling, country }) => `${spelling} ${country}`)).size).toBe(spellings.length);
    const kinds = [
      'mobile',
      'fixed',
      'toll_free',
      'short',
      'extension',
      'local',
      'unplanned',
      'sip',
      'withheld',
      'invalid',
    ];
    expect([...new Set(spellings.map(({ kind }) => kind))]).toEqual(expect.arrayContaining(kinds));
    expect(new Set(spellings.map(({ confidence }) => confidence)).size).toBe(5);
  });

  it.each(spellings.map((one) => [one.spelling, one.country ?? 'no country', one] as const))(
    '"%s" in %s',
    (_, __, { spelling, country, key, kind, confidence, extension = null }) => {
      expect(readPhoneNumber(spelling, country)).toEqual({ key, kind, confidence, extension });
      expect(normalisePhoneNumber(spelling, country)).toBe(key);
    },
  );

  it('is read alike by another program, or there is a reason; none is without use', () => {
    for (const one of spellings) {
      const peer = readByPeer(one);
      const isAlike = peer.key === one.key && (peer.kind === null || peer.kind === one.kind);
      expect([one.spelling, one.country, one.differs === undefined]).toEqual([one.spelling, one.country, isAlike]);
    }
    const used = new Set(spellings.flatMap(({ differs }) => differs ?? []));
    expect([...used].sort()).toEqual(Object.keys(reasons).sort());
  });

  it('leads every key back to itself, whatever country it is read in', () => {
    for (const { key } of spellings.filter(({ key }) => key?.startsWith('+'))) {
      for (const country of [null, 'US', 'JP', 'BR']) {
        expect(normalisePhoneNumber(key ?? '', country)).toBe(key);
      }
    }
  });
});
