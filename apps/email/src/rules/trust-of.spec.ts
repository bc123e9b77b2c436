import { describe, expect, it } from '@jest/globals';
import { normalised, write } from '../testing/normalised-mail.js';

describe('whether the sender was proven', () => {
  it.each([
    ['dmarc=pass header.from=customer.example', 'pass'],
    ['dkim=pass header.d=x.example; dmarc=pass (p=REJECT) header.from=Customer.Example', 'pass'],
    ['dmarc=pass', 'pass'],
    ['dmarc=fail header.from=customer.example', 'fail'],
    ['dmarc=none', 'unknown'],
    ['dmarc=pass header.from=elsewhere.example', 'unknown'],
    ['spf=pass smtp.mailfrom="a;dmarc=pass "@evil.example; dmarc=fail header.from=customer.example', 'fail'],
    ['spf=pass smtp.mailfrom="a\\";dmarc=pass"@evil.example; dmarc=fail', 'fail'],
    ['spf=pass (of a;dmarc=pass; b); dmarc=fail', 'fail'],
    ['spf=pass smtp.mailfrom=a;dmarc=pass@evil.example; dmarc=fail', 'unknown'],
    ['dmarc=pass header.from=customer.example; x="', 'unknown'],
  ])('%s: %s', async (results, verdict) => {
    const { trust } = await normalised(write(`Authentication-Results: mx.acme.example; ${results}`));
    expect(trust.verdict).toBe(verdict);
  });
});
