import type { CommandContext } from '../../context.js';

/** What of a run is told while it goes on. */
export interface Progress {
  /** The row up to which all is durable now. */
  readonly moved: (durableRows: number) => void;
  /** So many rows more are decided. */
  readonly decided: (rows: number) => void;
  /** Ends the display, and says how fast it was; null when nothing was done. */
  readonly end: () => string | null;
}

const SCREEN_EVERY_MS = 500;
const LINES_EVERY_MS = 10_000;

/** Shows how far an import is: on a screen in one line that changes, elsewhere in a line now and then. */
export function showProgress(
  { terminal, output }: Pick<CommandContext, 'terminal' | 'output'>,
  alreadyDurable: number,
): Progress {
  const started = performance.now();
  const isScreen = output.isTTY === true;
  const sent = { rows: 0, at: started };
  const decided = { rows: 0, at: started };
  const told = (): string =>
    `${whole(alreadyDurable + sent.rows)} rows durable, ${whole(decided.rows)} decided in this run`;
  const show = (): void => {
    if (isScreen) {
      output.write(Buffer.from(`\r\x1b[K${told()}`), () => undefined);
    } else {
      terminal.line(told());
    }
  };
  const timer = setInterval(show, isScreen ? SCREEN_EVERY_MS : LINES_EVERY_MS);
  const count = (counter: { rows: number; at: number }, rows: number): void => {
    if (rows > 0) {
      counter.rows += rows;
      counter.at = performance.now();
    }
  };
  return {
    moved: (durableRows) => count(sent, durableRows - alreadyDurable - sent.rows),
    decided: (rows) => count(decided, rows),
    end: () => {
      clearInterval(timer);
      if (isScreen) {
        output.write(Buffer.from('\r\x1b[K'), () => undefined);
      }
      const rates = [
        ...(sent.rows > 0 ? [`durable ${rate(sent, started)} rows/s`] : []),
        ...(decided.rows > 0 ? [`decided ${rate(decided, started)} rows/s`] : []),
      ];
      return rates.length === 0 ? null : `In this run: ${rates.join(', ')}`;
    },
  };
}

function rate({ rows, at }: { readonly rows: number; readonly at: number }, started: number): string {
  return whole(rows / Math.max((at - started) / 1000, 0.001));
}

function whole(count: number): string {
  return Math.round(count).toLocaleString('en');
}
