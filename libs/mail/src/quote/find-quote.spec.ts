import { describe, expect, it } from '@jest/globals';
import { countProcessorTime } from '#libs/testing';
import fc from 'fast-check';
import { markText } from '../forward/block-marks.js';
import { memoryParts, sourceOfBytes } from '../memory-parts.js';
import { parseMail } from '../parse-mail.js';
import { findQuoteStart as findIn, REPLY_LINE } from './find-quote.js';

const findQuoteStart = (text: string, ofHtml = false) => findIn(markText(text), ofHtml);
const ANSWER = 'It works now, thank you.\n\nCarla';
const quoted = '> Dear Carla,\n>\n> please try another bulb.\n';

const parsed = (mail: string) => parseMail(sourceOfBytes(Buffer.from(mail)), memoryParts());

/** What is left of a mail for display. */
function shown(text: string): string {
  return text.slice(0, findQuoteStart(text) ?? text.length).trim();
}

describe('the quoted history', () => {
  it.each([
    ['Gmail', `On Mon, 2 Mar 2026 at 10:00, Nora <support@acme.example> wrote:\n\n${quoted}`],
    [
      'Gmail, folded',
      `On Mon, 2 Mar 2026 at 10:00, Nora from the support of Acme\n<support@acme.example> wrote:\n\n${quoted}`,
    ],
    ['Apple Mail', `> On 2. Mar 2026, at 10:00, Nora <support@acme.example> wrote:\n> \n${quoted}`],
    ['Apple Mail in German', `> Am 02.03.2026 um 10:00 schrieb Nora <support@acme.example>:\n> \n${quoted}`],
    ['Thunderbird', `Am 02.03.26 um 10:00 schrieb Nora:\n${quoted}`],
    ['Thunderbird in English', `On 3/2/26 10:00, Nora wrote:\n${quoted}`],
    ['Thunderbird in French', `Le 02/03/2026 à 10:00, Nora a écrit :\n${quoted}`],
    ['Gmail in Spanish', `El lun, 2 mar 2026 a las 10:00, Nora (<support@acme.example>) escribió:\n\n${quoted}`],
    ['Gmail in Polish', `pon., 2 mar 2026 o 10:00 Nora <support@acme.example> napisał(a):\n\n${quoted}`],
    ['Gmail in Japanese', `2026年3月2日(月) 10:00 Nora <support@acme.example>:\n\n${quoted}`],
    [
      'Outlook',
      `From: Nora <support@acme.example>\nSent: Monday, 2 March 2026 10:00\nTo: Carla\nSubject: Lamp\n\nDear Carla`,
    ],
    [
      'Outlook in German',
      `Von: Nora <support@acme.example>\nGesendet: Montag\nAn: Carla\nBetreff: Lampe\n\nLiebe Carla`,
    ],
    [
      'Outlook on the web',
      `${'_'.repeat(32)}\nFrom: Nora <support@acme.example>\nSent: Monday\nTo: Carla\nSubject: Lamp\n\nDear`,
    ],
    ['an older Outlook', '-----Original Message-----\nFrom: Nora\nSent: Monday\n\nDear Carla'],
    ['an older Outlook in German', '-----Ursprüngliche Nachricht-----\nVon: Nora\n\nLiebe Carla'],
    ['a phone', `> On Mar 2, 2026, at 10:00, Nora <support@acme.example> wrote:\n> \n${quoted}\nSent from my phone`],
    ['signs alone', quoted],
    ['our own mail', `On Mon Nora wrote\n> ${REPLY_LINE}\n${quoted}`],
    ['our own mail without signs', `2 March, support@acme.example:\n\n${REPLY_LINE}\n\nDear Carla`],
  ])('of %s is split off', (_program, history) => {
    expect(shown(`${ANSWER}\n\n${history}`)).toMatch(
      /^It works now, thank you\.\n\nCarla(\n\nOn Mon Nora wrote|\n\n2 March.*)?$/,
    );
    expect(shown(`${ANSWER}\n\n${history}`.replaceAll('\n', '\r\n'))).not.toContain('Dear');
  });

  it.each([
    ['there is none', ANSWER],
    ['the answer stands below', `On 2 Mar 2026, Nora <s@acme.example> wrote:\n${quoted}\n${ANSWER}`],
    [
      'the answer stands between',
      `On 2 Mar 2026, Nora <s@acme.example> wrote:\n> Which lamp?\n\nThe red one.\n\n> Since when?\n\nFriday.`,
    ],
    ['a line begins with a sign', `The shop says:\n> 10 pieces\nand I want 5.\n\nCarla`],
    ['nothing else is there', quoted],
    ['nothing but history is there', '-----Original Message-----\nFrom: Nora\nSent: Monday\n\nDear Carla'],
    ['it is empty', ''],
  ])('is not split off when %s', (_case, text) => {
    expect(findQuoteStart(text)).toBeNull();
  });

  it('is an index into the text that the interaction carries, which stays whole', async () => {
    const text = `${ANSWER}\n\nOn 2 Mar 2026 at 10:00, Nora <support@acme.example> wrote:\n${quoted}`;
    const mail = await parsed(`From: c@x.example\r\nMessage-ID: <a@x>\r\nSubject: Re: Lamp\r\n\r\n${text}`);
    expect(mail.text.trim()).toBe(text.trim());
    expect(mail.text.slice(mail.quoteStart ?? 0)).toMatch(/^On 2 Mar 2026 at/);
  });

  it('of HTML is found by the line that introduces it; an answer below it is kept', async () => {
    const html = (below: string) =>
      `<div>It works now.</div><div class="gmail_quote"><div class="gmail_attr">On Mon, 2 Mar 2026 at 10:00, Nora &lt;<a href="mailto:s@acme.example">s@acme.example</a>&gt; wrote:<br></div><blockquote>Dear Carla</blockquote></div>${below}`;
    const startOf = async (below: string) => {
      const head = 'From: c@x.example\r\nMessage-ID: <a@x>\r\nSubject: Re: Lamp\r\nContent-Type: text/html\r\n\r\n';
      const content = await parsed(head + html(below));
      return content.quoteStart === null ? null : content.text.slice(0, content.quoteStart).trim();
    };
    expect(await startOf('<br>&nbsp;')).toBe('It works now.');
    expect(await startOf('<p>No, it does not.</p>')).toBeNull();
  });

  it('is never what was forwarded', async () => {
    const text =
      'See below\n\n---------- Forwarded message ---------\nFrom: Ana <a@x.example>\nSubject: x\n\nHelp\n> quoted';
    const mail = await parsed(`From: c@x.example\r\nMessage-ID: <a@x>\r\nSubject: Fwd: x\r\n\r\n${text}`);
    expect(mail.quoteStart).toBeNull();
  });

  it.each([
    '\n',
    ' ',
    '>\n',
    '> \n>> ',
    'On 2 Mar, a <a@b.c>\n',
    'Op 1\n',
    'schreef\nOp ',
    'a:\n',
    '在写道：\n',
    'Den 1 skrev ',
    '1:\n\n',
  ])('is searched in linear time: %j', (piece) => {
    const text = `Answer.\n${piece.repeat(600_000 / piece.length)}`;
    const cost = (ofHtml: boolean) => {
      const computed = countProcessorTime();
      findQuoteStart(text, ofHtml);
      return computed();
    };
    // The better of two runs: the first one may pay for compiling.
    expect(Math.min(cost(false), cost(false))).toBeLessThan(125);
    expect(Math.min(cost(true), cost(true))).toBeLessThan(125);
  });

  it('is found in any text or not at all: after some words, at the beginning of a line', () => {
    const pieces = [
      'Hello',
      '\n',
      '\n\n',
      '> ',
      '>',
      ' ',
      'On 1, Ana <a@b.example> wrote:',
      'From: a <a@b.example>',
      'Sent: x',
      'To: x',
    ];
    const text = fc.array(
      fc.constantFrom(...pieces, 'Subject: x', '-----Original Message-----', REPLY_LINE, 'é😀', '\r\n'),
    );
    fc.assert(
      fc.property(text, fc.boolean(), (chosen, ofHtml) => {
        const whole = chosen.join('');
        const start = findQuoteStart(whole, ofHtml);
        return start === null || (whole.slice(0, start).trim() !== '' && whole.charAt(start - 1) === '\n');
      }),
      { numRuns: 2_000 },
    );
  });
});
