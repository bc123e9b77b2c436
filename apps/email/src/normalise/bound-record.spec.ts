import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkInteraction, INLINE_BODY_BYTES, type Interaction } from '#libs/interaction';
import { normalised, write } from '../testing/normalised-mail.js';
import { boundRecord, MOST_RECORD_BYTES, mostJsonBytes } from './bound-record.js';

const bytesOf = (interaction: Interaction) => Buffer.byteLength(JSON.stringify(interaction));

describe('the size of a record', () => {
  it('stays within its bound for a mail of a thousand attachments with long names and ids', async () => {
    const name = 'é'.repeat(900);
    const id = `${'i'.repeat(900)}@customer.example`;
    const header = `Content-Type: image/png\r\nContent-ID: <${id}>\r\nContent-Disposition: attachment; filename="${name}"`;
    const part = `--b\r\n${header}\r\n\r\nx\r\n`;
    const mail = write('Content-Type: multipart/mixed; boundary=b', `${part.repeat(990)}--b--`);
    const interaction = await normalised(mail);
    expect(bytesOf(interaction)).toBeLessThanOrEqual(MOST_RECORD_BYTES);
    expect(interaction.flags).toContain('attachments_cut');
    expect(interaction.content.attachments.length).toBeGreaterThan(300);
  });

  it('keeps 500 recipients with ordinary names', async () => {
    const recipients = Array.from({ length: 500 }, (_, index) => `${'Rita '.repeat(10)}<r${index}@acme.example>`);
    const interaction = await normalised(write(`To: ${recipients.join(',\r\n ')}`));
    expect(interaction.recipients).toHaveLength(500);
    expect(interaction.flags).not.toContain('recipients_cut');
  });

  it('leaves a mail alone that fits', async () => {
    const interaction = await normalised('plain');
    expect(boundRecord(interaction)).toBe(interaction);
  });

  it('is never more than the quick look says', () => {
    const leaf = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.boolean(), fc.constant(null), fc.date());
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value')), fc.dictionary(fc.string(), tie('value'))),
    }));
    fc.assert(
      fc.property(value, (any) => {
        expect(mostJsonBytes(any)).toBeGreaterThanOrEqual(Buffer.byteLength(JSON.stringify(any)));
      }),
    );
    expect(mostJsonBytes('\u0000'.repeat(1000))).toBeLessThan(
      1.01 * Buffer.byteLength(JSON.stringify('\u0000'.repeat(1000))),
    );
  });

  it('holds whatever is in it, keeps the contract, and says what it cut', async () => {
    const plain = await normalised('plain');
    const filler = fc.constantFrom('a', 'é', '名', '😀', '\u0001', '"');
    const many = (most: number) => fc.nat({ max: most });
    const shape = fc.record({ filler, recipients: many(500), references: many(120), attachments: many(1000) });
    fc.assert(
      fc.property(shape, (given) => {
        const interaction = enlarged(plain, given);
        const bound = boundRecord(interaction);
        expect(bytesOf(bound)).toBeLessThanOrEqual(MOST_RECORD_BYTES);
        expect(checkInteraction(bound)).toMatchObject({ ok: true });
        const cuts: [string, boolean][] = [
          ['references_cut', bound.references.length < given.references],
          ['html_cut', bound.content.html !== interaction.content.html],
          ['recipients_cut', bound.recipients.length < given.recipients],
          ['attachments_cut', bound.content.attachments.length < given.attachments],
        ];
        expect(bound.flags).toEqual(cuts.filter(([, cut]) => cut).map(([flag]) => flag));
      }),
      { numRuns: 60 },
    );
  });
});

interface Shape {
  readonly filler: string;
  readonly recipients: number;
  readonly references: number;
  readonly attachments: number;
}

/** Every field as long as its channel may make it. */
function enlarged(plain: Interaction, { filler, recipients, references, attachments }: Shape): Interaction {
  const long = (units: number) => filler.repeat(Math.floor(units / filler.length));
  const body = filler.repeat(Math.floor(INLINE_BODY_BYTES / Buffer.byteLength(filler)));
  const blob = { sha256: 'a'.repeat(64), size: 1, mediaType: 'image/png' };
  const list = <Item>(length: number, item: Item) => Array.from({ length }, () => item);
  return {
    ...plain,
    conversationKey: long(1000),
    recipients: list(recipients, { kind: 'email' as const, value: long(320), name: long(500), role: 'to' as const }),
    references: list(references, { kind: 'message_id' as const, value: long(900), via: 'references' as const }),
    content: {
      ...plain.content,
      subject: long(20_000),
      text: body,
      html: body,
      attachments: list(attachments, { ...blob, name: long(1000), contentId: long(1000), inline: false }),
    },
    details: { ...plain.details, envelopeRecipients: list(50, long(320)) },
  };
}
