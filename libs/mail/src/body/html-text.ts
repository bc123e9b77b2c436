import { Parser } from 'htmlparser2';

/** HTML longer than this is not converted whole: its first million characters are. */
const MOST_HTML = 1_000_000;
/** Deeper nesting is never a person's mail; the parser's cost grows with the depth. */
const DEEPEST = 1000;

const BLOCKS: ReadonlySet<string> = new Set(
  'address article aside blockquote center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul'.split(
    ' ',
  ),
);
const PARAGRAPHS: ReadonlySet<string> = new Set([
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'blockquote',
  'table',
]);
const HIDDEN: ReadonlySet<string> = new Set(['script', 'style', 'head', 'title', 'template', 'noscript']);

/** Readable text of an HTML body, in one pass over its tags. Never fails: too deep HTML ends where it gets too deep. */
export function htmlToText(html: string): string {
  const writer = new TextWriter();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => writer.open(name, attributes),
      ontext: (text) => writer.text(text),
      onclosetag: (name) => writer.close(name),
    },
    { decodeEntities: true },
  );
  for (let at = 0; at < Math.min(html.length, MOST_HTML) && !writer.tooDeep; at += 4096) {
    parser.write(html.slice(at, Math.min(at + 4096, MOST_HTML)));
  }
  if (!writer.tooDeep) {
    parser.end();
  }
  return writer.result();
}

class TextWriter {
  #parts: string[] = [];
  #depth = 0;
  #hidden = 0;
  #preformatted = 0;
  #breaks = 0;
  #blank = false;
  #links: string[] = [];

  get tooDeep(): boolean {
    return this.#depth > DEEPEST;
  }

  open(name: string, attributes: Record<string, string>): void {
    this.#depth += 1;
    this.#hidden += HIDDEN.has(name) ? 1 : 0;
    this.#preformatted += name === 'pre' ? 1 : 0;
    if (name === 'br') {
      this.#break(this.#breaks + 1);
    } else if (BLOCKS.has(name)) {
      this.#break(PARAGRAPHS.has(name) ? 2 : 1);
    } else if (name === 'td' || name === 'th') {
      this.#blank = true;
    }
    if (name === 'li') {
      this.#write('* ');
    }
    if (name === 'a') {
      this.#links.push(attributes['href'] ?? '');
    }
    if (name === 'img' && (attributes['alt'] ?? '').trim() !== '') {
      this.text(` ${attributes['alt']} `);
    }
  }

  text(text: string): void {
    if (this.#hidden > 0) {
      return;
    }
    if (this.#preformatted > 0) {
      this.#write(text);
      return;
    }
    const folded = text.replace(/(?:\s|\u200b|\u200c|\u200d|\ufeff)+/g, ' ');
    const trimmed = folded.trim();
    this.#blank ||= folded.startsWith(' ');
    if (trimmed !== '') {
      this.#write(trimmed);
    }
    this.#blank ||= folded.endsWith(' ');
  }

  close(name: string): void {
    this.#depth -= 1;
    this.#hidden -= HIDDEN.has(name) ? 1 : 0;
    this.#preformatted -= name === 'pre' ? 1 : 0;
    if (name === 'a') {
      this.#closeLink(this.#links.pop() ?? '');
    } else if (BLOCKS.has(name)) {
      this.#break(PARAGRAPHS.has(name) ? 2 : 1);
    }
  }

  result(): string {
    return this.#parts.join('').trim();
  }

  #closeLink(href: string): void {
    const shown = this.#parts.at(-1) ?? '';
    if (/^https?:/i.test(href) && !href.includes(shown) && this.#hidden === 0) {
      this.#write(` [${href}]`);
    }
  }

  #break(lines: number): void {
    this.#breaks = Math.max(this.#breaks, Math.min(lines, 3));
    this.#blank = false;
  }

  #write(text: string): void {
    if (this.#breaks > 0) {
      this.#parts.push('\n'.repeat(this.#breaks));
    } else if (this.#blank) {
      this.#parts.push(' ');
    }
    this.#parts.push(text);
    this.#breaks = 0;
    this.#blank = false;
  }
}
