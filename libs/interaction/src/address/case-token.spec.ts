import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { issueCaseToken, verifyCaseToken } from '../index.js';

const ACCOUNT_ID = '78685a11-294e-5242-b0ff-c456524210f8';

const SECRET = 'a secret for tests only, 32 bytes';
const CASE = '019cae2c-1d80-7aa0-8c11-0123456789ab';
const TOKEN = 'cwagok4la5qb5kbdaraerukz4jvmn63uq6oywcpnz4fb';

describe('a case token', () => {
  it('is what it always was, and names its case', () => {
    expect(issueCaseToken(ACCOUNT_ID, CASE, SECRET)).toBe(TOKEN);
    expect(verifyCaseToken(ACCOUNT_ID, TOKEN, SECRET)).toBe(CASE);
  });

  it('survives mail systems that fold the case of local parts', () => {
    expect(verifyCaseToken(ACCOUNT_ID, TOKEN.toUpperCase(), SECRET)).toBe(CASE);
  });

  it('34 says nothing when it is forged, of another account, or of another secret', () => {
    expect(verifyCaseToken('00000000-0000-4000-8000-000000000000', TOKEN, SECRET)).toBeNull();
    expect(verifyCaseToken(ACCOUNT_ID, TOKEN, 'another secret')).toBeNull();
    expect(verifyCaseToken(ACCOUNT_ID, '', SECRET)).toBeNull();
    expect(verifyCaseToken(ACCOUNT_ID, ` ${TOKEN}`, SECRET)).toBeNull();
    expect(verifyCaseToken(ACCOUNT_ID, `${TOKEN}\n`, SECRET)).toBeNull();
  });

  it('34 bears no change of any character', () => {
    const other = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567');
    fc.assert(
      fc.property(fc.nat(TOKEN.length - 1), other, (at, character) => {
        const forged = TOKEN.slice(0, at) + character + TOKEN.slice(at + 1);
        expect(verifyCaseToken(ACCOUNT_ID, forged, SECRET)).toBe(forged === TOKEN ? CASE : null);
      }),
    );
  });

  it('fits a local part of 64 characters and names any case', () => {
    fc.assert(
      fc.property(fc.uuid(), (caseId) => {
        const token = issueCaseToken(ACCOUNT_ID, caseId, SECRET);
        expect(token.length).toBeLessThanOrEqual(64 - 'support+'.length);
        expect(verifyCaseToken(ACCOUNT_ID, token, SECRET)).toBe(caseId);
      }),
    );
  });
});
