import { issueCaseToken, type Interaction } from '#libs/interaction';
import { memoryParts, parseMail, sourceOfBytes } from '#libs/mail';
import { fixtureMail } from '#libs/testing';
import { normalise, type Delivery, type NormaliseSettings } from '../normalise/normalise.js';

export const accountId = '0f4f7f0e-5f7b-5c53-9f6a-4b1c2d3e4f50';
export const caseId = '01939b5e-7c2a-7000-8000-00000000abcd';
const tokenSecret = 'a secret of the tests';
export const token = issueCaseToken(accountId, caseId, tokenSecret);
export const forged = issueCaseToken(accountId, caseId, 'a secret of somebody else');
export const receivedAt = new Date('2026-03-02T11:30:00.000Z');

/** A fixture, or a mail given as bytes, as the interaction that it becomes. */
export async function normalised(
  mail: string | Buffer,
  delivery: Partial<Delivery> = {},
  settings: Partial<NormaliseSettings> = {},
): Promise<Interaction> {
  const bytes = Buffer.isBuffer(mail) ? mail : fixtureMail(mail);
  const payload = await parseMail(sourceOfBytes(bytes), memoryParts());
  return normalise(
    payload,
    {
      provider: 'smtp',
      mailbox: 'support@acme.example',
      receivedAt,
      envelopeFrom: 'maria@customer.example',
      envelopeRecipients: ['support@acme.example'],
      raw: null,
      ...delivery,
    },
    { accountId, tokenSecret, trustedAuthservId: 'mx.acme.example', ...settings },
  );
}

/** A mail of a customer with these headers. */
export const write = (headers: string, text = 'text') =>
  Buffer.from(`From: maria@customer.example\r\nMessage-ID: <own@customer.example>\r\n${headers}\r\n\r\n${text}\r\n`);
