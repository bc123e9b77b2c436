/** Most bytes of UTF-8 of one row. */
export const MOST_ROW_BYTES = 64 * 1024;

/** One line without its end. `text` of a line that is too long is only how it begins. */
export interface Line {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly isTooLong: boolean;
}

/** What is kept of a line that is too long: enough to tell what it is. */
const BEGINNING = 200;

/** Cuts text into lines, whichever ends they have, and mixed; keeps at most one line of at most so many characters. */
export class LineScanner {
  #rest = '';
  #line = 1;
  #begins: string | null = null;

  constructor(private readonly mostCharacters = MOST_ROW_BYTES) {}

  /** Lines that end in the text; the last one at the end of the file needs none. */
  push(text: string, isEnd: boolean): Line[] {
    const lines: Line[] = [];
    const all = this.#rest + text + (isEnd ? '\n' : '');
    let at = 0;
    for (const { index, 0: end } of all.matchAll(/\r\n|\n|\r(?!$)/g)) {
      lines.push(this.#lineOf(all.slice(at, index)));
      at = index + end.length;
    }
    this.#rest = all.slice(at);
    if (this.#rest.length > this.mostCharacters) {
      const hasEnd = this.#rest.endsWith('\r');
      this.#begins ??= this.#rest.slice(0, BEGINNING);
      this.#rest = hasEnd ? '\r' : '';
    }
    return lines;
  }

  #lineOf(text: string): Line {
    const isTooLong = this.#begins !== null || text.length > this.mostCharacters;
    const line = { line: this.#line, text: this.#begins ?? (isTooLong ? text.slice(0, BEGINNING) : text), isTooLong };
    this.#line += 1;
    this.#begins = null;
    return line;
  }
}
