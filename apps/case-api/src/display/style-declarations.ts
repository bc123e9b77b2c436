export interface Declaration {
  /** In small letters. */
  readonly property: string;
  /** Without the white space around it and without comments. */
  readonly value: string;
  readonly important: boolean;
}

const IMPORTANT = '!important';

/**
 * The declarations of a `style` attribute, in their order; what is none is left out. One pass over foreign text, without a
 * pattern: a parser of whole style sheets takes seconds for a megabyte of braces, parentheses or comments.
 */
export function readDeclarations(style: string): readonly Declaration[] {
  return piecesOf(style).flatMap(declarationOf);
}

/** The text between semicolons that end something; those in strings and parentheses do not. */
function piecesOf(style: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let depth = 0;
  for (let at = 0; at < style.length;) {
    const character = style.charAt(at);
    const end = endOfToken(style, at);
    if (character === ';' && depth === 0) {
      pieces.push(piece);
      piece = '';
    } else if (!style.startsWith('/*', at)) {
      depth = Math.max(0, depth + depthOf(character));
      piece += style.slice(at, end);
    }
    at = end;
  }
  return [...pieces, piece];
}

/** Strings, comments and escaped characters are one token each, and so is any other character. */
function endOfToken(style: string, at: number): number {
  const character = style.charAt(at);
  if (character === '\\') {
    return Math.min(at + 2, style.length);
  }
  if (character === '/' && style.charAt(at + 1) === '*') {
    const end = style.indexOf('*/', at + 2);
    return end === -1 ? style.length : end + 2;
  }
  return character === '"' || character === "'" ? endOfString(style, at, character) : at + 1;
}

/** One that nobody closes goes to the end, as it does for a browser that was given no line break. */
function endOfString(style: string, from: number, quote: string): number {
  for (let at = from + 1; at < style.length; at += 1) {
    const character = style.charAt(at);
    if (character === quote) {
      return at + 1;
    }
    if (character === '\\') {
      at += 1;
    }
  }
  return style.length;
}

function depthOf(character: string): number {
  if ('([{'.includes(character)) {
    return 1;
  }
  return ')]}'.includes(character) ? -1 : 0;
}

function declarationOf(piece: string): readonly Declaration[] {
  const colon = piece.indexOf(':');
  if (colon === -1) {
    return [];
  }
  const property = piece.slice(0, colon).trim().toLowerCase();
  const said = piece.slice(colon + 1).trim();
  const important = said.slice(-IMPORTANT.length).toLowerCase() === IMPORTANT;
  return [{ property, value: important ? said.slice(0, -IMPORTANT.length).trim() : said, important }];
}
