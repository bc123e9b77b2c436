import { describe, expect, it } from '@jest/globals';
import { countProcessorTime } from '#libs/testing';
import type { NormaliseSettings } from '../../normalise/normalise.js';
import { normalised } from '../../testing/normalised-mail.js';

const CLEAN = 'From: Maria <maria@customer.example>';
const RECEIVED = 'Received: from mail.customer.example (unknown [192.0.2.1]) by mx.acme.example with ESMTPS id 1; x';
const ours = (results: string) => `Authentication-Results: mx.acme.example; ${results}`;

async function trustIn(lines: readonly string[], from: string = CLEAN, settings: Partial<NormaliseSettings> = {}) {
  const mail = `${[...lines, from].join('\r\n')}\r\nMessage-ID: <own@customer.example>\r\n\r\ntext\r\n`;
  return (await normalised(Buffer.from(mail), {}, settings)).trust;
}

describe('what one header of the trusted server proves', () => {
  it.each([
    ['dmarc=pass header.from=customer.example', 'pass'],
    ['dkim=pass header.d=x.example; dmarc=pass (p=REJECT) header.from=Customer.Example', 'pass'],
    ['dmarc=pass', 'pass'],
    ['dmarc = pass header.from="customer.example"', 'pass'],
    ['dmarc/1=pass header.from=customer.example', 'pass'],
    ['DMARC=PASS HEADER.FROM=CUSTOMER.EXAMPLE', 'pass'],
    ['dmarc=pass reason="p=none; dmarc=fail" header.from=customer.example', 'pass'],
    ['dmarc=pass (a \\) b (c; dmarc=fail)) header.from=customer.example', 'pass'],
    ['dmarc=fail header.from=customer.example', 'fail'],
    ['dmarc=fail; dkim=pass header.d=customer.example', 'fail'],
    ['dmarc=none', 'unknown'],
    ['none', 'unknown'],
    ['', 'unknown'],
    ['dmarc=pass header.from=elsewhere.example', 'unknown'],
    ['dmarc=pass header.from=customer.example.evil.example', 'unknown'],
    ['dmarc=pass; dmarc=fail', 'unknown'],
    ['dmarc=passed', 'unknown'],
    ['xdmarc=pass', 'unknown'],
    ['arc=pass', 'unknown'],
    ['arc=pass; dmarc=fail header.from=customer.example', 'unknown'],
    ['dkim=pass header.d=customer.example', 'pass'],
    ['dkim=pass header.i=@mail.customer.example', 'pass'],
    ['dkim=fail header.d=customer.example; dkim=pass header.d=customer.example', 'pass'],
    ['dmarc=none header.from=customer.example; dkim=pass header.d=customer.example', 'pass'],
    ['dkim=pass header.d=example', 'unknown'],
    ['dkim=pass header.d=evilcustomer.example', 'unknown'],
    ['dkim=pass header.d=esp.example', 'unknown'],
    ['dkim=pass', 'unknown'],
    ['spf=pass smtp.mailfrom=bounces@mail.customer.example', 'pass'],
    ['spf=pass smtp.mailfrom=customer.example', 'pass'],
    ['spf=pass smtp.mailfrom=maria@esp.example', 'unknown'],
    ['spf=pass smtp.helo=customer.example', 'unknown'],
    ['spf=softfail smtp.mailfrom=customer.example', 'unknown'],
    ['spf=pass smtp.mailfrom="a;dmarc=pass "@evil.example; dmarc=fail header.from=customer.example', 'fail'],
    ['spf=pass smtp.mailfrom="a\\";dmarc=pass"@evil.example; dmarc=fail', 'fail'],
    ['spf=pass smtp.mailfrom="x@customer.example "@evil.example', 'unknown'],
    ['spf=pass smtp.mailfrom=x smtp.mailfrom=customer.example', 'unknown'],
    ['spf=pass (of a;dmarc=pass; b); dmarc=fail', 'fail'],
    ['spf=pass smtp.mailfrom=a;dmarc=pass@evil.example; dmarc=fail', 'unknown'],
    ['dmarc=pass header.from=customer.example; x="', 'unknown'],
    ['dmarc=pass header.from=customer.example; (x', 'unknown'],
  ])('%s: %s', async (results, verdict) => {
    expect((await trustIn([ours(results), RECEIVED])).verdict).toBe(verdict);
  });

  it('gives a reason and each method’s own result', async () => {
    const results = 'spf=pass smtp.mailfrom=esp.example; dkim=pass header.d=esp.example; dmarc=fail';
    expect(await trustIn([ours(results), RECEIVED])).toEqual({
      verdict: 'fail',
      reason: 'mx.acme.example: DMARC failed for customer.example',
      checks: ['spf=pass esp.example', 'dkim=pass esp.example', 'dmarc=fail'],
    });
  });

  it('takes a hostile header of any length within a moment', async () => {
    const long = `${'('.repeat(9000)};${'a="\\'.repeat(3000)}dmarc=pass`;
    const computed = countProcessorTime();
    expect((await trustIn([ours(long), RECEIVED])).verdict).toBe('unknown');
    expect(computed()).toBeLessThan(500);
  });
});

describe('which headers count', () => {
  const pass = ours('dmarc=pass header.from=customer.example');
  it.each([
    ['the server’s name in other letters', [pass.replace('mx.acme', 'MX.Acme')], 'pass'],
    ['with its version', [pass.replace('example;', 'example 1;')], 'pass'],
    ['with a version that nobody knows', [pass.replace('example;', 'example 2;')], 'unknown'],
    ['with a comment before it', [pass.replace(': ', ': (our own) ')], 'pass'],
    ['its name in quotes', [pass.replace('mx.acme.example', '"mx.acme.example"')], 'pass'],
    ['folded', [pass.replace('; ', ';\r\n\t')], 'pass'],
    ['another server’s name', [pass.replace('mx.acme', 'mx.evil')], 'unknown'],
    ['our name as the beginning of another', [pass.replace('acme.example', 'acme.example.evil.example')], 'unknown'],
    ['our name in a comment only', [pass.replace('mx.acme.example', 'evil.example (mx.acme.example)')], 'unknown'],
    ['results that stand where the name should', ['Authentication-Results: dmarc=pass'], 'unknown'],
    ['the next hop’s own above ours', ['Authentication-Results: other.example; none', pass], 'unknown'],
    ['one header for each method', [ours('dkim=pass header.d=esp.example'), ours('dmarc=fail')], 'fail'],
    ['and another server’s below', [pass, 'Authentication-Results: evil.example; dmarc=fail'], 'pass'],
    ['two that contradict each other', [ours('dmarc=fail'), pass], 'unknown'],
    ['below what hands over to the mailbox', ['Received: from mx by box with LMTP id 7; x', pass], 'pass'],
    ['below a hop without a sender', ['Received: by mx.acme.example (Postfix, from userid 0); x', pass], 'pass'],
  ])('%s', async (_, lines, verdict) => {
    expect((await trustIn([...lines, RECEIVED])).verdict).toBe(verdict);
  });

  it.each([
    ['below the first Received header', [RECEIVED, pass]],
    ['below it, ours having no opinion', [ours('none'), RECEIVED, pass]],
    ['below a field of the author', [ours('none'), 'Subject: x', pass]],
    ['below one that claims to hand over', ['Received: from x (with LMTP) by mx with ESMTP; x', pass]],
    [
      'below one whose client greeted with clauses',
      ['Received: from x by y with LMTP id z (u [192.0.2.1]) by mx.acme.example with ESMTPS; x', pass],
    ],
    ['below one whose name holds a protocol', ['Received: from lmtp by mx.acme.example with ESMTP; x', pass]],
  ])('is forged %s', async (_, lines) => {
    expect((await trustIn(lines)).verdict).toBe('unknown');
  });

  it('for a server that writes below its Received header only the topmost, above the next hop', async () => {
    const below = { authentication: 'below_received' } as const;
    expect((await trustIn([RECEIVED, pass], CLEAN, below)).verdict).toBe('pass');
    expect((await trustIn([RECEIVED, ours('dmarc=fail'), pass], CLEAN, below)).verdict).toBe('fail');
    expect((await trustIn([RECEIVED, ours('none'), pass], CLEAN, below)).verdict).toBe('unknown');
    const greeted = 'Received: from x by mx.acme.example id z (u [192.0.2.1]) by relay.customer.example with ESMTP; x';
    expect((await trustIn([greeted, pass], CLEAN, below)).verdict).toBe('unknown');
    const foreign = 'Received: from a by relay.customer.example with ESMTP; x';
    expect((await trustIn([RECEIVED, foreign, pass], CLEAN, below)).verdict).toBe('unknown');
  });

  it('knows how Gmail writes', async () => {
    const lines = [
      'Received: by 2002:a05:6a10:1 with SMTP id a1csp1; Mon, 2 Mar 2026 02:15:00 -0800 (PST)',
      'Received: from mail.customer.example (mail.customer.example. [192.0.2.1]) by mx.google.com with ESMTPS id b2; x',
      'Authentication-Results: mx.google.com;\r\n dkim=pass header.i=@customer.example header.s=k header.b="ab/=c";' +
        '\r\n dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=customer.example',
      'Authentication-Results: mx.google.com; dmarc=fail',
    ];
    expect((await trustIn(lines, CLEAN, { trustedAuthservId: 'mx.google.com' })).verdict).toBe('pass');
  });
});

describe('Microsoft 365', () => {
  const own = [
    'Received: from AB1.eurprd01.prod.outlook.com (::1) by CD2.eurprd01.prod.outlook.com with HTTPS; x',
    'Received: from mail.customer.example (192.0.2.1) by EF3.mail.protection.outlook.com (10.0.0.1) with SMTP; x',
  ];
  const results = (more: string) =>
    `Authentication-Results: spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=customer.example; ${more}`;
  const passed = results('dmarc=pass action=none header.from=customer.example;compauth=pass reason=100');
  const inside = 'X-MS-Exchange-Organization-AuthAs: Internal';
  const nothing = 'Authentication-Results: dkim=none header.d=none;dmarc=none action=none header.from=customer.example';
  it.each([
    ['passes beside compauth', [...own, passed], 'pass'],
    ['does not without it', [...own, results('dmarc=pass header.from=customer.example')], 'unknown'],
    ['fails', [...own, results('dmarc=fail header.from=customer.example;compauth=fail reason=001')], 'fail'],
    ['passes inside the organisation', [...own, nothing, inside], 'pass'],
    ['knows nothing of what came from outside', [...own, nothing, inside.replace('Internal', 'Anonymous')], 'unknown'],
    ['fails inside the organisation too', [...own, nothing.replace('dmarc=none', 'dmarc=fail'), inside], 'fail'],
    ['believes no header with a name', [...own, passed.replace(': ', ': evil.example; ')], 'unknown'],
    ['believes nothing below a stranger’s hop', [...own, RECEIVED, passed], 'unknown'],
    ['takes the topmost', [...own, results('dmarc=fail;compauth=fail'), passed], 'fail'],
  ])('%s', async (_, lines, verdict) => {
    const settings = { trustedAuthservId: null, authentication: 'microsoft365' } as const;
    expect((await trustIn(lines, CLEAN, settings)).verdict).toBe(verdict);
    expect((await trustIn(lines, CLEAN, { trustedAuthservId: 'microsoft365' })).verdict).toBe(verdict);
  });
});

describe('whose proof it is', () => {
  const spoken = (from: string) => trustIn([ours('dmarc=pass header.from=customer.example'), RECEIVED], from);
  it.each([
    ['two From headers', 'From: ana@acme.example\r\nFrom: maria@customer.example'],
    ['a second one with a blank before its colon', 'From: maria@customer.example\r\nFrom : ana@acme.example'],
    ['a first one with a blank before its colon', 'From : ana@acme.example\r\nFrom: maria@customer.example'],
    ['several addresses', 'From: maria@customer.example, ana@acme.example'],
    ['a group', 'From: Us: maria@customer.example, ana@acme.example;'],
    ['a group of one', 'From: Us: maria@customer.example;'],
    ['another domain', 'From: maria@acme.example'],
    ['an address as the name of another', 'From: "maria@customer.example" <ana@acme.example>'],
    ['an address in a comment', 'From: ana@acme.example (maria@customer.example)'],
    ['a source route', 'From: <@customer.example:ana@acme.example>'],
    ['a look-alike domain', 'From: maria@cust\u043emer.example'],
    ['a domain below', 'From: maria@evil.customer.example'],
    ['no address', 'From: Maria'],
    ['nothing at all', 'Subject: none'],
  ])('%s is not proven', async (_, from) => {
    expect((await spoken(from)).verdict).toBe('unknown');
  });

  it('a domain in its two spellings is one', async () => {
    const lines = [ours('dmarc=pass header.from=xn--bcher-kva.example'), RECEIVED];
    expect((await trustIn(lines, 'From: eva@B\u00dcCHER.example')).verdict).toBe('pass');
  });
});
