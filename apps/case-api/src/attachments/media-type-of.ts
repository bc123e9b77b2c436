import { fileTypeFromBuffer, supportedMimeTypes } from 'file-type';

const OCTETS = 'application/octet-stream';
const TEXT = 'text/plain';
const TYPE = /^[a-z0-9!#$&^_.+-]{1,63}\/[a-z0-9!#$&^_.+-]{1,63}$/;
/** Bytes of its beginning that say what a file is. So few that nothing they unpack to can be large. */
export const TELLING_BYTES = 16 * 1024;

/**
 * What a file is, by its beginning; what was claimed counts only where the content says nothing. A claim of something that
 * the content would show is false then.
 */
export async function mediaTypeOf(beginning: Buffer, claimed: string | null): Promise<string> {
  const found = await fileTypeFromBuffer(beginning).catch(() => 'broken' as const);
  if (found === 'broken') {
    // It began as something and is not: what somebody claims of it is worth nothing.
    return OCTETS;
  }
  if (found !== undefined) {
    return found.mime;
  }
  const type = claimed?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const isBelieved = TYPE.test(type) && type !== OCTETS && !supportedMimeTypes.has(type);
  if (isBelieved && !type.startsWith('multipart/')) {
    return type;
  }
  return beginning.length > 0 && isText(beginning) ? TEXT : OCTETS;
}

/** Whether it is UTF-8 without what no text has; a character may be cut at the end. */
function isText(beginning: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(beginning, { stream: true });
    return !beginning.includes(0);
  } catch {
    return false;
  }
}
