/** A file that was uuencoded (POSIX). */
export interface DecodedUu {
  readonly name: string;
  readonly content: Buffer;
  /** Where it stands in what was read: from its `begin` line to after its `end` line. */
  readonly start: number;
  readonly end: number;
}

const BEGIN = Buffer.from('begin ');
const LINE_FEED = 0x0a;
const LONGEST_BEGIN = 1024;

/** The first uuencoded file from a place on; null when there is none. Linear in what it reads. */
export function decodeUu(bytes: Buffer, from = 0): DecodedUu | null {
  for (let at = bytes.indexOf(BEGIN, from); at !== -1; at = bytes.indexOf(BEGIN, at + 1)) {
    if (at === 0 || bytes[at - 1] === LINE_FEED) {
      const found = fileAt(bytes, at);
      if (found !== null) {
        return found;
      }
    }
  }
  return null;
}

function fileAt(bytes: Buffer, start: number): DecodedUu | null {
  const firstLine = lineAt(bytes, start);
  const named = /^begin [0-7]{3,4} (.{1,500})$/.exec(
    bytes.toString('latin1', start, Math.min(firstLine.end, start + LONGEST_BEGIN)),
  );
  if (named === null) {
    return null;
  }
  const lines: Buffer[] = [];
  for (let at = firstLine.next; at < bytes.length;) {
    const { end, next } = lineAt(bytes, at);
    if (end - at === 3 && bytes.toString('latin1', at, end) === 'end') {
      return { name: named[1] ?? '', content: Buffer.concat(lines), start, end: next };
    }
    const line = decodeLine(bytes, at, end);
    if (line === null) {
      return null;
    }
    lines.push(line);
    at = next;
  }
  return null;
}

function lineAt(bytes: Buffer, start: number): { end: number; next: number } {
  const feed = bytes.indexOf(LINE_FEED, start);
  const next = feed === -1 ? bytes.length : feed + 1;
  const end = feed === -1 ? bytes.length : feed > start && bytes[feed - 1] === 0x0d ? feed - 1 : feed;
  return { end, next };
}

/** A line: its length, then four characters for three bytes; trailing blanks may be lost on the way. */
function decodeLine(bytes: Buffer, start: number, end: number): Buffer | null {
  if (start === end) {
    return Buffer.alloc(0);
  }
  const length = sixBits(bytes[start]);
  const characters = Math.ceil(length / 3) * 4;
  if (end - start > 1 + characters + 2) {
    return null;
  }
  const out = Buffer.alloc(Math.ceil(length / 3) * 3);
  for (let group = 0; group * 4 < characters; group += 1) {
    const at = start + 1 + group * 4;
    const bits = [0, 1, 2, 3].map((index) => (at + index < end ? sixBits(bytes[at + index]) : 0));
    out.writeUIntBE(
      ((bits[0] ?? 0) << 18) | ((bits[1] ?? 0) << 12) | ((bits[2] ?? 0) << 6) | (bits[3] ?? 0),
      group * 3,
      3,
    );
  }
  return out.subarray(0, length);
}

function sixBits(byte: number | undefined): number {
  return ((byte ?? 0x20) - 0x20) & 0x3f;
}
