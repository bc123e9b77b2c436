import type { MailParser } from 'mailparser';

/** Bytes of text and HTML that the parser may hold in memory; the raw mail keeps the rest. */
export const MOST_TEXT_BYTES = 8 * 1024 * 1024;

/** What the parser does with each piece of a mail. It is not part of its public interface: a spec watches over it. */
interface PieceReader {
  curnode?: { readonly isAttachment?: boolean } | false;
  processChunk(piece: { readonly type: string; readonly value?: Buffer }, done: () => void): void;
}

export interface TextBound {
  /** Whether text was left out. */
  readonly exceeded: boolean;
}

/**
 * Keeps the parser from collecting endless text: it has limits for headers and parts but none for text, of which it
 * holds several copies (100 MB of text took 600 MB).
 */
export function boundText(parser: MailParser): TextBound {
  const reader = parser as unknown as PieceReader;
  const processChunk = reader.processChunk.bind(parser);
  let bytes = 0;
  reader.processChunk = (piece, done) => {
    const isText = piece.type === 'body' && reader.curnode !== false && reader.curnode?.isAttachment !== true;
    if (!isText || piece.value === undefined) {
      processChunk(piece, done);
      return;
    }
    const room = Math.max(0, MOST_TEXT_BYTES - bytes);
    bytes += piece.value.length;
    if (room === 0) {
      setImmediate(done);
    } else {
      processChunk(room < piece.value.length ? { ...piece, value: piece.value.subarray(0, room) } : piece, done);
    }
  };
  return {
    get exceeded() {
      return bytes > MOST_TEXT_BYTES;
    },
  };
}
