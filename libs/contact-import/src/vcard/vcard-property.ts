import { decode } from 'iconv-lite';
import { charsetOf } from '#libs/mail';

/** One property of a card, unfolded, its bytes one by one as characters. */
export interface RawProperty {
  /** Upper case, without its group. */
  readonly name: string;
  readonly group: string | null;
  /** Upper case names, values as they stand; one without a name is a `TYPE`, as vCard 2.1 has it. */
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  readonly value: string;
}

/** Reads `group.NAME;PARAMETER=value:value` (RFC 6350 §3.3, RFC 2426, vCard 2.1); null for what is none. */
export function readProperty(line: string): RawProperty | null {
  const colon = valueColon(line);
  const [full = '', ...parameters] = colon < 0 ? [] : outsideQuotes(line.slice(0, colon), ';');
  const dot = full.lastIndexOf('.');
  const name = full
    .slice(dot + 1)
    .trim()
    .toUpperCase();
  if (!/^[A-Z0-9-]+$/.test(name)) {
    return null;
  }
  return {
    name,
    group: dot < 0 ? null : full.slice(0, dot).toUpperCase(),
    parameters: parameters.map(readParameter),
    value: line.slice(colon + 1),
  };
}

function readParameter(text: string): RawProperty['parameters'][number] {
  const at = text.indexOf('=');
  const value = text.slice(at + 1).trim();
  return { name: at < 0 ? 'TYPE' : text.slice(0, at).trim().toUpperCase(), value: value.replace(/^"(.*)"$/, '$1') };
}

/** The first that is not between quotes: parameters may hold colons there. */
function valueColon(line: string): number {
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    isQuoted = line[at] === '"' ? !isQuoted : isQuoted;
    if (line[at] === ':' && !isQuoted) {
      return at;
    }
  }
  return line.indexOf(':');
}

function outsideQuotes(text: string, separator: string): string[] {
  const parts = [''];
  let isQuoted = false;
  for (const character of text) {
    isQuoted = character === '"' ? !isQuoted : isQuoted;
    if (character === separator && !isQuoted) {
      parts.push('');
    } else {
      parts[parts.length - 1] += character;
    }
  }
  return parts;
}

/** Whether the value goes on in the next line where it ends with `=` (vCard 2.1). */
export function isQuotedPrintable({ parameters }: Pick<RawProperty, 'parameters'>): boolean {
  return parameters.some(({ value }) => value.toUpperCase() === 'QUOTED-PRINTABLE');
}

/** The text of the value, in the charset that the property names, else in that of the file. Escapes stay. */
export function textOf(property: RawProperty, fileCharset: string): string {
  const named = property.parameters.find(({ name }) => name === 'CHARSET')?.value;
  const charset = charsetOf(named);
  const name =
    charset === null || charset.kind === 'stateful'
      ? fileCharset
      : charset.kind === 'single' || charset.kind === 'multi'
        ? charset.name
        : 'utf-8';
  const bytes = isQuotedPrintable(property)
    ? property.value.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : property.value;
  return decode(Buffer.from(bytes, 'latin1'), name);
}

/** Words that say which of several it is: `home`, `work`, `cell`; of all that stand there, in lower case. */
export function typesOf({ parameters }: RawProperty): string[] {
  return parameters
    .filter(({ name }) => name === 'TYPE')
    .flatMap(({ value }) => value.toLowerCase().split(','))
    .map((type) => type.trim());
}

/** The parts of a structured value, without their escapes. */
export function partsOf(text: string): string[] {
  const parts = text.match(/(?:\\[\s\S]|[^;\\])*(?:;|$)/g) ?? [];
  return parts.map((part) => unescaped(part.replace(/;$/, '')));
}

export function unescaped(text: string): string {
  return text.replace(/\\([\s\S])/g, (_, character: string) => (/n/i.test(character) ? '\n' : character)).trim();
}
