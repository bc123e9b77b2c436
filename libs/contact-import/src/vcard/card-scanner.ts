import { MOST_ROW_BYTES, type Line, LineScanner } from '../text/line-scanner.js';
import { isQuotedPrintable, type RawProperty, readProperty } from './vcard-property.js';

/** One card, or what is wrong with it. */
export interface Card {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly properties: readonly RawProperty[];
  readonly problem: CardProblem | null;
}

/** `open`: the next begins, or the file ends, before it does. `outside`: lines that are in no card. */
export type CardProblem = 'open' | 'outside' | 'too-long';

/** What is read of a card. */
const READ = new Set(['FN', 'N', 'ORG', 'EMAIL', 'TEL', 'LANG', 'TZ', 'UID', 'VERSION', 'X-ABLABEL', 'AGENT']);
/** Pictures, sounds and keys: nobody reads them here, and they do not count as part of the row. */
const LARGE = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY']);

interface OpenCard {
  readonly line: number;
  readonly properties: RawProperty[];
  bytes: number;
  /** Cards inside, which `AGENT` of vCard 2.1 has. */
  depth: number;
  /** The property that may go on in the next line. */
  current: string;
  isLarge: boolean;
}

/** Cuts a file of cards, whose bytes come one by one as characters, into cards; keeps one card at a time, and no pictures. */
export class CardScanner {
  readonly #lines = new LineScanner();
  #card: OpenCard | null = null;
  #isOutside = false;

  /** Cards that end in the text. */
  push(text: string, isEnd: boolean): Card[] {
    const cards = this.#lines.push(text, isEnd).flatMap((line) => this.#take(line));
    return isEnd && this.#card !== null ? [...cards, this.#close('open')] : cards;
  }

  #take(line: Line): Card[] {
    const word = line.text.trim().toUpperCase();
    const card = this.#card;
    if (card === null) {
      return this.#takeOutside(line, word);
    }
    if (word === 'BEGIN:VCARD') {
      if (/^([^:]*\.)?AGENT\b/i.test(card.current)) {
        card.depth += 1;
        return [];
      }
      const open = this.#close('open');
      this.#open(line.line);
      return [open];
    }
    if (word === 'END:VCARD') {
      card.depth -= 1;
      return card.depth >= 0 ? [] : [this.#close(null)];
    }
    if (card.depth === 0) {
      this.#takeInside(card, line);
    }
    return [];
  }

  #takeOutside({ line }: Line, word: string): Card[] {
    if (word === 'BEGIN:VCARD') {
      this.#open(line);
    } else if (word !== '' && !this.#isOutside) {
      this.#isOutside = true;
      return [{ line, properties: [], problem: 'outside' }];
    }
    return [];
  }

  #open(line: number): void {
    this.#card = { line, properties: [], bytes: 0, depth: 0, current: '', isLarge: false };
    this.#isOutside = false;
  }

  #close(problem: CardProblem | null): Card {
    const card = this.#card;
    this.#card = null;
    if (card === null) {
      throw new Error('there is no open card to close');
    }
    this.#endProperty(card);
    const isTooLong = card.bytes > MOST_ROW_BYTES;
    return { line: card.line, properties: card.properties, problem: isTooLong ? 'too-long' : problem };
  }

  #takeInside(card: OpenCard, { text, isTooLong }: Line): void {
    const isSoft = card.current.endsWith('=') && goesOnSoftly(card.current);
    const isFolded = /^[ \t]/.test(text);
    if (!isSoft && !isFolded && !text.includes(':')) {
      return;
    }
    if (!isSoft && !isFolded) {
      this.#endProperty(card);
      card.isLarge = LARGE.has(readProperty(text)?.name ?? '');
    }
    if (card.isLarge) {
      return;
    }
    card.bytes += isTooLong ? MOST_ROW_BYTES + 1 : text.length + 1;
    if (card.bytes > MOST_ROW_BYTES) {
      card.current = '';
    } else if (isSoft) {
      card.current = card.current.slice(0, -1) + text;
    } else {
      card.current += isFolded ? this.#unfolded(card, text) : text;
    }
  }

  /** From vCard 3.0 on the space belongs to the fold; before, it is the space between two words. */
  #unfolded({ properties }: OpenCard, text: string): string {
    const isOld = properties.some(({ name, value }) => name === 'VERSION' && value.trim() === '2.1');
    return isOld ? text : text.replace(/^[ \t]/, '');
  }

  #endProperty(card: OpenCard): void {
    const property = card.current === '' ? null : readProperty(card.current);
    card.current = '';
    if (property !== null && READ.has(property.name)) {
      card.properties.push(property);
    }
  }
}

function goesOnSoftly(line: string): boolean {
  const property = readProperty(line);
  return property !== null && isQuotedPrintable(property);
}
