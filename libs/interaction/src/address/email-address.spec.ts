import { describe, expect, it } from '@jest/globals';
import { normaliseEmailAddress, ownAddress, plusVariants } from './email-address.js';

describe('an email address', () => {
  it.each([
    ['Sales@ACME.example', 'sales@acme.example'],
    [' <a.b+c@Bücher.example.> ', 'a.b+c@xn--bcher-kva.example'],
    ['J\u006f\u0308rg@x.example', 'j\u00f6rg@x.example'],
  ])('%s has one spelling', (given, expected) => {
    expect(normaliseEmailAddress(given)).toBe(expected);
  });

  it.each(['', 'nobody', '@x.example', 'a b@x.example', `${'a'.repeat(320)}@x.example`])('%s is none', (given) => {
    expect(normaliseEmailAddress(given)).toBeNull();
  });

  it('of ours is spelled as all are, and stays what it is where it is none', () => {
    expect(ownAddress(' Support@ACME.example')).toBe('support@acme.example');
    expect(ownAddress('Support')).toBe('support');
  });

  it('loses its plus parts one by one', () => {
    expect(plusVariants('billing+team+cwabc@acme.example')).toEqual([
      'billing+team+cwabc@acme.example',
      'billing+team@acme.example',
      'billing@acme.example',
    ]);
    expect(plusVariants('plain@acme.example')).toEqual(['plain@acme.example']);
  });
});
