import { describe, expect, it } from '@jest/globals';
import { readHistory } from './read-history.js';

const block =
  '<b>From:</b> Ana Ito &lt;ana@lamps.example&gt;<br><b>Sent:</b> Monday<br><b>To:</b> us<br><b>Subject:</b> Lamp<br>';
const mail = { subject: 'Fwd: Lamp', text: 'See below.', contentType: 'multipart/alternative', attachedMails: [] };
const eml = (author: string) => ({ bytes: Buffer.from(`From: ${author}\n\nIt does not light.`), whole: true });

describe('what a mail carries of others', () => {
  it('is a forward whose block stands in the HTML alone, when the subject says forward', () => {
    const html = `<p>See below.</p>${block}<p>It does not light.</p>`;
    expect(readHistory(mail, html, false).forward).toMatchObject({
      author: { name: 'Ana Ito', address: 'ana@lamps.example' },
      note: 'See below.',
      text: 'It does not light.',
    });
    expect(readHistory({ ...mail, subject: 'Re: Lamp' }, html, false).forward).toBeNull();
  });

  it('is no forward in a report, whatever it brings back', () => {
    const report = { ...mail, contentType: 'multipart/report', attachedMails: [eml('ana@lamps.example')] };
    expect(readHistory(report, '', false)).toEqual({ forward: null, flags: [], quoteStart: null });
  });

  it('is the block when the attached mail has no author', () => {
    const text = '---------- Forwarded message ---------\nFrom: Bo <bo@lamps.example>\n\nHello';
    const { forward } = readHistory({ ...mail, text, attachedMails: [eml('nobody')] }, '', false);
    expect(forward).toMatchObject({ method: 'inline_block', author: { address: 'bo@lamps.example' } });
  });
});
