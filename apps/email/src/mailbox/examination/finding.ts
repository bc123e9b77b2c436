/** What one examination of a mailbox found. */
export interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What is so, and what to do when it should not be. Holds no secret, and nothing that a terminal would obey. */
  readonly detail: string;
}

const MOST_CHARACTERS = 500;

// Names and answers of a server stand in details. C0, C1, DEL, and the marks that turn the direction of text.
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

const of =
  (state: Finding['state']) =>
  (what: string, detail: string): Finding => {
    return { what, state, detail: detail.slice(0, MOST_CHARACTERS).replace(UNPRINTABLE, '\ufffd') };
  };

export const fine = of('ok');
export const doubtful = of('warning');
export const broken = of('failed');
export const skipped = of('skipped');
