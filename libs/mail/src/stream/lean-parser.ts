import type { Transform } from 'node:stream';
import type { MailParser } from 'mailparser';

/** Inner steps of the parser. They are not part of its public interface: specs watch over what they do here. */
interface ParserSteps {
  curnode?: { readonly decoder?: Transform } | false;
  processHeaders(lines: readonly { readonly key: string }[]): unknown;
  endStream(): void;
}

/** The headers that the parser is asked for, or needs to find its way through the parts. */
const NEEDED: ReadonlySet<string> = new Set(['subject', 'content-type', 'content-id']);

/**
 * Takes work off the parser that nobody asks it for.
 * - Addresses, ids, dates, signatures and lists are read from their lines, by our own rules. Decoding them all was a
 *   sixth of a mail's time, and is one more thing to attack.
 * - The last part's decoder is ended once: a second time makes an error with its stack, which nobody sees.
 */
export function makeLean(parser: MailParser): void {
  const steps = parser as unknown as ParserSteps;
  const processHeaders = steps.processHeaders.bind(parser);
  const endStream = steps.endStream.bind(parser);
  steps.processHeaders = (lines) => processHeaders(lines.filter(({ key }) => NEEDED.has(key)));
  steps.endStream = () => {
    const decoder = steps.curnode ? steps.curnode.decoder : undefined;
    if (decoder?.writableEnded) {
      decoder.end = () => decoder;
    }
    endStream();
  };
}
