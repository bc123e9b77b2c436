import { describe, expect, it } from '@jest/globals';
import { caseId, forged, normalised, token, write } from '../testing/normalised-mail.js';

const toCase = (name: string): Buffer => write(`To: support+${name}@acme.example\r\nSubject: Hello`);
const OF_BEFORE = { previousTokenSecrets: ['another one of before', 'a secret of somebody else'] };

describe('a token', () => {
  it('of the secret of now leads to its case', async () => {
    const mail = await normalised(toCase(token), {}, OF_BEFORE);
    expect(mail.references).toEqual([{ kind: 'case', value: caseId, via: 'recipient_token' }]);
  });

  it('of a secret of before stays genuine, and is forged when that secret is forgotten', async () => {
    const known = await normalised(toCase(forged), {}, OF_BEFORE);
    expect(known.references).toEqual([{ kind: 'case', value: caseId, via: 'recipient_token' }]);
    expect(known.flags).not.toContain('forged_token');
    const forgotten = await normalised(toCase(forged));
    expect(forgotten.references).toEqual([]);
    expect(forgotten.flags).toContain('forged_token');
  });

  it.each([
    ['Delivered-To', `Delivered-To: support+${token}@acme.example`, 'recipient_token'],
    ['X-Original-To', `X-Original-To: support+${token}@acme.example`, 'recipient_token'],
    ['a Message-ID of ours', `In-Reply-To: <0199.${token}@acme.example>`, 'message_id_token'],
    ['the subject', `Subject: AW: [${token}]`, 'text_token'],
  ])('is found in %s', async (_place, header, via) => {
    const { references } = await normalised(write(`To: support@acme.example\r\n${header}`));
    expect(references[0]).toEqual({ kind: 'case', value: caseId, via });
  });

  it('is found in HTML that shows nothing of it', async () => {
    const html = `<p>Thanks!</p><blockquote><div data-case="${token}"></div></blockquote>`;
    const mail = await normalised(write('Content-Type: text/html; charset=utf-8', html));
    expect(mail.content.text).not.toContain(token);
    expect(mail.references).toEqual([{ kind: 'case', value: caseId, via: 'text_token' }]);
  });

  it('in capital letters is the same, because mail systems fold local parts', async () => {
    const mail = await normalised(toCase(token.toUpperCase()));
    expect(mail.references).toEqual([{ kind: 'case', value: caseId, via: 'recipient_token' }]);
  });
});
