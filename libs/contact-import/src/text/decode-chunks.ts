import { getDecoder } from 'iconv-lite';

/** The text of bytes in a charset that iconv-lite knows, without a mark of the byte order; never a half character at an end. */
export async function* decodeChunks(chunks: AsyncIterable<Buffer>, charset: string): AsyncGenerator<string> {
  const decoder = getDecoder(charset, { stripBOM: true });
  for await (const chunk of chunks) {
    yield decoder.write(chunk);
  }
  yield decoder.end() ?? '';
}

/** The text of the beginning of a file. */
export function decodeHead(head: Buffer, charset: string): string {
  return getDecoder(charset, { stripBOM: true }).write(head);
}
