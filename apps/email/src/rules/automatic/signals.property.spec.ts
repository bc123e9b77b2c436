import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkInteraction } from '#libs/interaction';
import { normalised } from '../../testing/normalised-mail.js';

const NAMES = [
  'From',
  'Subject',
  'Date',
  'Return-Path',
  'Auto-Submitted',
  'X-Auto-Response-Suppress',
  'X-MS-Exchange-Inbox-Rules-Loop',
  'X-Failed-Recipients',
  'Precedence',
  'List-Id',
  'X-Loop',
  'X-Spam-Status',
  'Message-Context',
  'Content-Class',
  'X-CallingTelephoneNumber',
  'X-VoiceMessageDuration',
  'X-Asterisk-VM-Caller-ID-Num',
  'X-Asterisk-VM-Duration',
  'X-Asterisk-VM-Orig-time',
  'X-Call-ID',
];

const PIECES = [
  'MAILER-DAEMON@b.example',
  'auto-replied (vacation)',
  'Automatic reply: x',
  'Undeliverable: x',
  'All',
  '<>',
  '+351210000001',
  '9'.repeat(400),
  'until 24 December',
  'vom 1.1. bis 2.2.2026',
  '31/12/9999',
  'voice-message',
  '\ud800',
  '"',
  '(((',
];

it('keeps the contract whatever signals a mail shows', async () => {
  const value = fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 80 }));
  const headers = fc.array(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 10 });
  const body = fc.array(value, { maxLength: 20 }).map((pieces) => pieces.join(' '));
  await fc.assert(
    fc.asyncProperty(headers, body, async (lines, text) => {
      const head = lines.map(([name, said]) => `${name}: ${said.replace(/[\r\n]/g, ' ')}`).join('\r\n');
      const interaction = await normalised(Buffer.from(`${head}\r\n\r\n${text}`));
      expect(checkInteraction(JSON.parse(JSON.stringify(interaction)))).toMatchObject({ ok: true });
    }),
    { numRuns: 300 },
  );
});
