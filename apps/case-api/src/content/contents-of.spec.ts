import { describe, expect, it } from '@jest/globals';
import type { Content } from '#libs/interaction';
import { anInteraction } from '#libs/testing';
import { contentsOf } from './contents-of.js';

const blob = (letter: string, mediaType: string) => ({ sha256: letter.repeat(64), size: 3, mediaType });
const photo = { ...blob('a', 'image/jpeg'), name: 'lamp.jpg', inline: false };

const contents = (content: Partial<Content>) => {
  const interaction = anInteraction({ content: { subject: '', text: '', attachments: [], ...content } });
  return { id: interaction.id, found: contentsOf(interaction) };
};

describe('what an interaction refers to', () => {
  it('is its attachments, its original, its large text and its large HTML, each with a name', () => {
    const { id, found } = contents({
      attachments: [photo, { ...photo, ...blob('b', 'message/rfc822'), name: 'Fwd: lamp.eml', contentId: 'x@y' }],
      raw: blob('c', 'message/rfc822'),
      textReference: blob('d', 'text/plain; charset=utf-8'),
      htmlReference: blob('e', 'text/html; charset=utf-8'),
    });
    expect(found).toEqual([
      { ...blob('a', 'image/jpeg'), name: 'lamp.jpg' },
      { ...blob('b', 'message/rfc822'), name: 'Fwd: lamp.eml' },
      { ...blob('c', 'message/rfc822'), name: `${id}.eml` },
      { ...blob('d', 'text/plain; charset=utf-8'), name: `${id}.txt` },
      { ...blob('e', 'text/html; charset=utf-8'), name: `${id}.html` },
    ]);
  });

  it('may be nothing, and an original that is no mail has no name of one', () => {
    expect(contents({ raw: null, textReference: null }).found).toEqual([]);
    const { id, found } = contents({ raw: blob('c', 'application/json') });
    expect(found).toEqual([{ ...blob('c', 'application/json'), name: id }]);
  });
});
