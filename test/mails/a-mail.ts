/** A mail as a test says it; everything that is left out has a plain default. */
export interface Mail {
  /** Without angle brackets; null sends none. */
  readonly messageId: string | null;
  readonly from: string;
  readonly fromName: string | null;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** Message-ID without angle brackets. */
  readonly inReplyTo: string | null;
  /** Oldest first, without angle brackets. */
  readonly references: readonly string[];
  readonly date: Date;
  /** Further header fields, in their order, as they stand on the wire. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** SMTP sender; `from` unless told, empty for bounces. */
  readonly envelopeFrom: string | null;
}

let serial = 0;

/** A first mail from a customer to the support mailbox, with what is told differently. */
export function aMail(told: Partial<Mail> = {}): Mail {
  serial += 1;
  return {
    messageId: `mail-${process.pid}-${serial}@customer.example`,
    from: 'carla@customer.example',
    fromName: 'Carla Dias',
    to: ['support@acme.example'],
    cc: [],
    subject: 'The lamp does not light',
    text: 'Hello,\n\nthe lamp that came yesterday does not light.\n\nCarla\n',
    inReplyTo: null,
    references: [],
    date: new Date('2026-11-20T09:00:00Z'),
    headers: [],
    envelopeFrom: null,
    ...told,
  };
}

/** An answer by its sender to a mail: `In-Reply-To` and the whole chain of `References`. */
export function aReply(to: Mail, told: Partial<Mail> = {}): Mail {
  return aMail({
    from: to.from,
    fromName: to.fromName,
    to: to.to,
    subject: `Re: ${to.subject}`,
    text: 'One more thing: the bulb is new.\n',
    inReplyTo: to.messageId,
    references: [...to.references, ...(to.messageId === null ? [] : [to.messageId])],
    ...told,
  });
}

/** The mail on the wire: CRLF, headers as UTF-8 bytes where they are not ASCII. */
export function bytesOf(mail: Mail): Buffer {
  const lines = [...headerLines(mail), '', ...mail.text.split('\n')];
  return Buffer.from(lines.join('\r\n'), 'utf8');
}

function headerLines(mail: Mail): string[] {
  const fields: (readonly [string, string | null])[] = [
    ['From', mail.fromName === null ? `<${mail.from}>` : `"${mail.fromName}" <${mail.from}>`],
    ['To', mail.to.map((address) => `<${address}>`).join(', ')],
    ['Cc', mail.cc.length === 0 ? null : mail.cc.map((address) => `<${address}>`).join(', ')],
    ['Subject', mail.subject],
    ['Date', mail.date.toUTCString().replace('GMT', '+0000')],
    ['Message-ID', mail.messageId === null ? null : `<${mail.messageId}>`],
    ['In-Reply-To', mail.inReplyTo === null ? null : `<${mail.inReplyTo}>`],
    ['References', mail.references.length === 0 ? null : mail.references.map((id) => `<${id}>`).join('\r\n ')],
    ...mail.headers,
    ...defaultContentType(mail),
  ];
  return fields.filter(([, value]) => value !== null).map(([name, value]) => `${name}: ${value ?? ''}`);
}

function defaultContentType(mail: Mail): [string, string][] {
  const told = mail.headers.some(([name]) => name.toLowerCase() === 'content-type');
  return told
    ? []
    : [
        ['MIME-Version', '1.0'],
        ['Content-Type', 'text/plain; charset=utf-8'],
        ['Content-Transfer-Encoding', '8bit'],
      ];
}
