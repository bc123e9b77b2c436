/** What one examination found. */
export interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What is so, and what to do when it should not be. */
  readonly detail: string;
}

const of =
  (state: Finding['state']) =>
  (what: string, detail: string): Finding => ({ what, state, detail });

export const fine = of('ok');
export const doubtful = of('warning');
export const broken = of('failed');
export const skipped = of('skipped');
