/** OID of id-data (RFC 5652 §4), as it is encoded: what is signed follows it. */
const ID_DATA = Buffer.from('06092a864886f70d010701', 'hex');
/** It stands behind a few lengths and digest algorithms. */
const LATEST_START = 512;
const OCTETS = 0x04;
const OCTETS_IN_PIECES = 0x24;
const EXPLICIT = 0xa0;

/** A value of BER (X.690): from `start` to `end`; `next` is after it. An indefinite length goes on to the end of all. */
interface Value {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/**
 * What is signed within an opaque signature (RFC 8551 §3.5.2); null when it cannot be found. The signature is not
 * verified here: whoever wants to, has the part as it came.
 */
export function signedContent(cms: Buffer): Buffer | null {
  const found = cms.subarray(0, LATEST_START).indexOf(ID_DATA);
  const wrapper = found === -1 ? null : valueAt(cms, found + ID_DATA.length);
  const content = wrapper?.tag === EXPLICIT ? valueAt(cms, wrapper.start) : null;
  if (content?.tag === OCTETS) {
    return cms.subarray(content.start, content.end);
  }
  if (content?.tag !== OCTETS_IN_PIECES) {
    return null;
  }
  const pieces: Buffer[] = [];
  for (let at = content.start; at < content.end;) {
    const piece = valueAt(cms, at);
    if (piece?.tag !== OCTETS) {
      break;
    }
    pieces.push(cms.subarray(piece.start, piece.end));
    at = piece.end;
  }
  return Buffer.concat(pieces);
}

function valueAt(bytes: Buffer, at: number): Value | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) {
    return null;
  }
  if (first === 0x80) {
    return { tag, start: at + 2, end: bytes.length };
  }
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (more > 4 || at + 2 + more > bytes.length) {
    return null;
  }
  const length = more === 0 ? first : bytes.readUIntBE(at + 2, more);
  const start = at + 2 + more;
  return start + length > bytes.length ? null : { tag, start, end: start + length };
}
