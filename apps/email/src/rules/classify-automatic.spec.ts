import { describe, expect, it } from '@jest/globals';
import { checkInteraction } from '#libs/interaction';
import { normalised, token, write } from '../testing/normalised-mail.js';

describe('scenarios 30-33: automatic mail', () => {
  it.each([
    ['bounce', 'bounce_hard', 'attach_only'],
    ['bounce-delayed', 'bounce_soft', 'attach_only'],
    ['bounce-plain', 'bounce_soft', 'attach_only'],
    ['read-receipt', 'receipt', 'attach_only'],
    ['abuse-report', 'abuse_report', 'attach_only'],
    ['out-of-office', 'out_of_office', 'attach_only'],
    ['notification', 'notification', 'ordinary'],
    ['mailing-list', 'list', 'ordinary'],
  ])('%s is %s, %s', async (fixture, expected, handling) => {
    const interaction = await normalised(fixture);
    expect([interaction.automatic?.class, interaction.handling]).toEqual([expected, handling]);
    expect(checkInteraction(JSON.parse(JSON.stringify(interaction)))).toMatchObject({ ok: true });
  });

  it.each([
    ['X-Autoreply: yes', 'auto_reply'],
    ['Precedence: auto_reply', 'auto_reply'],
    ['Auto-Submitted: auto-generated\r\nIn-Reply-To: <out@acme.example>', 'auto_reply'],
    ['Return-Path: <>', 'auto_reply'],
    ['X-Auto-Response-Suppress: All\r\nSubject: Out of Office: lamp', 'out_of_office'],
    ['X-Casewright-Loop: 1', 'own_loop'],
    ['X-Failed-Recipients: a@b.example', 'bounce_hard'],
  ])('%s makes it %s', async (headers, expected) => {
    expect((await normalised(write(headers))).automatic?.class).toBe(expected);
  });

  it.each([
    'Auto-Submitted: no',
    'X-Auto-Response-Suppress: All',
    'Subject: Out of office printers',
    'Precedence: first-class',
  ])('%s alone does not make it automatic', async (headers) => {
    expect((await normalised(write(headers))).automatic).toBeNull();
  });

  it('knows its own mail by the signed Message-ID', async () => {
    const own = Buffer.from(`From: support@acme.example\r\nMessage-ID: <n1.${token}@acme.example>\r\n\r\ntext`);
    expect(await normalised(own)).toMatchObject({ automatic: { class: 'own_loop' }, handling: 'record_only' });
  });

  it('reads past a comment', async () => {
    expect((await normalised(write('Auto-Submitted: (vacation) auto-replied'))).automatic?.class).toBe('auto_reply');
    expect((await normalised(write('Auto-Submitted: (a person) no'))).automatic).toBeNull();
  });

  it('takes the null sender of the envelope for automatic', async () => {
    expect((await normalised('plain', { envelopeFrom: '' })).handling).toBe('attach_only');
  });

  it('refers to the mail that bounced', async () => {
    expect((await normalised('bounce')).references).toContainEqual({
      kind: 'message_id',
      value: 'out-77@acme.example',
      via: 'bounced_message',
    });
  });
});
