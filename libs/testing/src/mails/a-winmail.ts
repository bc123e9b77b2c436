/** A winmail.dat as Outlook writes it (MS-OXTNEF), with what is told. */
export interface Winmail {
  readonly files: readonly { readonly title: string; readonly longName: string | null; readonly content: Buffer }[];
  readonly html: string | null;
  readonly text: string | null;
}

const STRING = 0x001f;
const BINARY = 0x0102;

export function aWinmail({ files = [], html = null, text = null }: Partial<Winmail>): Buffer {
  const properties = [
    ...(text === null ? [] : [property(0x1000, STRING, utf16(text))]),
    ...(html === null ? [] : [property(0x1013, BINARY, Buffer.from(html))]),
    integer(0x3fde, 65001),
  ];
  return Buffer.concat([
    Buffer.from('789f3e220100', 'hex'),
    attribute(1, 0x0006_9007, uint32(1252)),
    attribute(1, 0x0006_9003, list(properties)),
    ...files.flatMap(({ title, longName, content }) => [
      attribute(2, 0x0006_9002, Buffer.alloc(14)),
      attribute(2, 0x0001_8010, Buffer.from(`${title}\0`, 'latin1')),
      attribute(2, 0x0006_800f, content),
      attribute(2, 0x0006_9005, list(longName === null ? [] : [property(0x3707, STRING, utf16(longName))])),
    ]),
  ]);
}

function attribute(level: number, id: number, value: Buffer): Buffer {
  const checksum = value.reduce((sum, byte) => (sum + byte) & 0xffff, 0);
  return Buffer.concat([
    Buffer.from([level]),
    uint32(id),
    uint32(value.length),
    value,
    uint32(checksum).subarray(0, 2),
  ]);
}

function list(properties: readonly Buffer[]): Buffer {
  return Buffer.concat([uint32(properties.length), ...properties]);
}

function property(id: number, type: number, value: Buffer): Buffer {
  const padding = Buffer.alloc((4 - (value.length % 4)) % 4);
  return Buffer.concat([tag(id, type), uint32(1), uint32(value.length), value, padding]);
}

function integer(id: number, value: number): Buffer {
  return Buffer.concat([tag(id, 0x0003), uint32(value)]);
}

function tag(id: number, type: number): Buffer {
  return Buffer.from([type & 0xff, type >> 8, id & 0xff, id >> 8]);
}

function utf16(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'utf16le');
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
