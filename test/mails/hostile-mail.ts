/** A mail that is made to hurt its reader, and what must still be there of it afterwards. */
export interface HostileMail {
  readonly name: string;
  make(): Buffer;
  /** What the subject must be; most are called after what they do. */
  readonly subject: string;
  /** What the text must hold; undefined where nothing can be expected. */
  readonly text?: string;
  /** How many attachments there must be at least. */
  readonly attachments?: number;
}

export const HEADER = 'From: Carla Dias <carla@customer.example>\r\nMessage-ID: <hostile@customer.example>\r\n';

export const mail = (header: string, body = '') =>
  Buffer.from(`${HEADER}Subject: hostile\r\n${header}\r\n\r\n${body}`, 'latin1');
export const html = (body: string) => mail('Content-Type: text/html; charset=utf-8', body);
export const mixed = (parts: string, end = '--b--\r\n') =>
  mail('Content-Type: multipart/mixed; boundary=b', parts + end);
export const told = (name: string, make: () => Buffer, expected: Partial<HostileMail> = {}): HostileMail => ({
  name,
  make,
  subject: 'hostile',
  ...expected,
});

export const MB = 1024 * 1024;
