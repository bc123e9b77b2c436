import { describe, expect, it } from '@jest/globals';
import { caseAddress, caseMessageId } from './case-address.js';
import { issueCaseToken } from './case-token.js';
import { plusVariants } from './email-address.js';

const token = issueCaseToken('a', '01939b5e-7c2a-7000-8000-00000000abcd', 'a secret of the tests');

describe('the address of a case', () => {
  it('is the mailbox’s with the token behind a plus', () => {
    const address = caseAddress('support@acme.example', token);
    expect(address).toBe(`support+${token}@acme.example`);
    expect(plusVariants(address ?? '')).toContain('support@acme.example');
  });

  it('keeps to the length of a local part', () => {
    expect(caseAddress(`${'s'.repeat(19)}@acme.example`, token)).toHaveLength(64 + '@acme.example'.length);
    expect(caseAddress(`${'s'.repeat(20)}@acme.example`, token)).toBeNull();
    expect(caseAddress('nobody', token)).toBeNull();
  });
});

describe('the Message-ID of a mail about a case', () => {
  it('holds the token beside what makes it unique', () => {
    expect(caseMessageId('support@acme.example', token, '0199-a')).toBe(`<0199-a.${token}@acme.example>`);
  });
});
