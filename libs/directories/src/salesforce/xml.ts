/** An element of a document: its name without prefix, what it says, what stands in it. */
export interface XmlElement {
  readonly name: string;
  /** By names with their prefixes. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Of its own, without that of elements in it. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

export type XmlRead =
  { readonly ok: true; readonly root: XmlElement } | { readonly ok: false; readonly problem: string };

interface Open {
  readonly qualified: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const DEEPEST = 40;
const MOST_ELEMENTS = 20_000;
const NAME = String.raw`[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?`;
const ATTRIBUTE = new RegExp(String.raw`\s+(${NAME})\s*=\s*(?:"([^"<]*)"|'([^'<]*)')`, 'y');
const TOKENS = {
  declaration: /<\?xml\s[^<>]*\?>/y,
  comment: /<!--(?:[^-]|-[^-])*-->/y,
  cdata: /<!\[CDATA\[([\s\S]*?)\]\]>/y,
  end: new RegExp(`</(${NAME})\\s*>`, 'y'),
  start: new RegExp(`<(${NAME})`, 'y'),
  startEnd: /\s*(\/?)>/y,
  text: /[^<]+/y,
};
const PREDEFINED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g;
// eslint-disable-next-line no-control-regex
const NO_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

/**
 * Reads the part of XML 1.0 that messages are made of: elements, attributes, text, CDATA, comments, the five references that are
 * predefined and those to characters. What could reach outside of the document or make it grow is not read at all: no document type, no
 * entity of anybody's, no processing instruction. Never throws, and takes a time in proportion to the text.
 */
export function readXml(text: string): XmlRead {
  if (NO_CHARACTER.test(text)) {
    return { ok: false, problem: 'it holds what is no character of XML' };
  }
  const reader = new XmlReader(text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'));
  const problem = reader.read();
  return problem === null && reader.root !== null
    ? { ok: true, root: reader.root }
    : { ok: false, problem: problem ?? 'it has no element' };
}

class XmlReader {
  root: XmlElement | null = null;
  readonly #open: Open[] = [];
  #at = 0;
  #elements = 0;

  constructor(private readonly text: string) {}

  /** What is wrong with it; null where nothing is. */
  read(): string | null {
    this.#match(TOKENS.declaration);
    while (this.#at < this.text.length) {
      const problem = this.#next();
      if (problem !== null) {
        return problem;
      }
    }
    return this.#open.length === 0 ? null : `<${this.#open.at(-1)?.qualified ?? ''}> does not end`;
  }

  #next(): string | null {
    const text = this.#match(TOKENS.text);
    if (text !== null) {
      return this.#say(text[0], true);
    }
    if (this.#match(TOKENS.comment) !== null) {
      return null;
    }
    const cdata = this.#match(TOKENS.cdata);
    if (cdata !== null) {
      return this.#open.length === 0 ? 'it has text outside of its element' : this.#say(cdata[1] ?? '', false);
    }
    const end = this.#match(TOKENS.end);
    if (end !== null) {
      return this.#close(end[1] ?? '');
    }
    const start = this.#match(TOKENS.start);
    return start === null
      ? 'it has what no message has: a document type, an entity, an instruction'
      : this.#begin(start[1] ?? '');
  }

  #say(written: string, hasReferences: boolean): string | null {
    const said = hasReferences ? withoutReferences(written) : written;
    const current = this.#open.at(-1);
    if (said === null || (hasReferences && written.includes(']]>'))) {
      return 'it refers to an entity, or to what is no character';
    }
    if (current === undefined) {
      return said.trim() === '' ? null : 'it has text outside of its element';
    }
    current.text += said;
    return null;
  }

  #begin(qualified: string): string | null {
    this.#elements += 1;
    if (this.root !== null || this.#open.length >= DEEPEST || this.#elements > MOST_ELEMENTS) {
      return this.root === null ? 'it is too deep, or has too many elements' : 'it has more than one element';
    }
    const attributes = new Map<string, string>();
    for (let found = this.#match(ATTRIBUTE); found !== null; found = this.#match(ATTRIBUTE)) {
      const value = withoutReferences(found[2] ?? found[3] ?? '');
      if (value === null || attributes.has(found[1] ?? '')) {
        return 'an attribute comes twice or cannot be read';
      }
      attributes.set(found[1] ?? '', value);
    }
    const close = this.#match(TOKENS.startEnd);
    if (close === null) {
      return `<${qualified}> is not written as an element is`;
    }
    this.#open.push({ qualified, attributes, children: [], text: '' });
    return close[1] === '/' ? this.#close(qualified) : null;
  }

  #close(qualified: string): string | null {
    const ended = this.#open.pop();
    if (ended?.qualified !== qualified) {
      return `</${qualified}> ends what did not begin`;
    }
    const { attributes, children, text } = ended;
    const element = { name: qualified.slice(qualified.indexOf(':') + 1), attributes, children, text };
    const outer = this.#open.at(-1);
    if (outer === undefined) {
      this.root = element;
    } else {
      outer.children.push(element);
    }
    return null;
  }

  #match(token: RegExp): RegExpExecArray | null {
    token.lastIndex = this.#at;
    const found = token.exec(this.text);
    this.#at = found === null ? this.#at : token.lastIndex;
    return found;
  }
}

/** Null where one refers to anything but a character. */
function withoutReferences(text: string): string | null {
  if (!text.includes('&')) {
    return text;
  }
  let isSound = true;
  const said = text.replace(REFERENCE, (_, decimal?: string, hexadecimal?: string, name = '') => {
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
    const letter = name === '' ? characterOf(code) : (PREDEFINED[name as string] ?? null);
    isSound &&= letter !== null;
    return letter ?? '';
  });
  return isSound && !text.replace(REFERENCE, '').includes('&') ? said : null;
}

function characterOf(code: number): string | null {
  const letter = Number.isInteger(code) && code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : null;
  return letter === null || NO_CHARACTER.test(letter) ? null : letter;
}
