/** One result of a method, such as `dkim=pass header.d=customer.example`. */
export interface MethodResult {
  /** Lower case, without its version. */
  readonly method: string;
  /** Lower case. */
  readonly result: string;
  /** `header.d`, `smtp.mailfrom` …, names in lower case; the first value of a name counts. */
  readonly properties: ReadonlyMap<string, string>;
}

/** An Authentication-Results header, read (RFC 8601 §2.2). */
export interface AuthenticationResults {
  /** Lower case; null when the header begins with a result, as Microsoft 365 writes it. */
  readonly server: string | null;
  readonly results: readonly MethodResult[];
}

/** A word as it stands, or what stood in quotation marks; `=` and `;` outside of both are of their own. */
interface Token {
  readonly kind: 'word' | 'quoted' | 'equals' | 'semicolon';
  readonly text: string;
}

const MOST_RESULTS = 40;
const WORD = /^[a-z0-9_-]+$/;

/**
 * Reads an Authentication-Results value in one pass. Comments are dropped and quoted strings stay one value: a sender's
 * own words are repeated there, such as the envelope address `"a;dmarc=pass"@…`. Null for what is no such header, and
 * when a comment or a string does not end.
 */
export function readAuthenticationResults(value: string): AuthenticationResults | null {
  const tokens = tokensOf(value);
  const [head, ...rest] = tokens === null ? [] : partsOf(tokens);
  if (head === undefined) {
    return null;
  }
  if (head.some((token) => token.kind === 'equals')) {
    return { server: null, results: resultsOf([head, ...rest]) };
  }
  const [server, version, ...more] = head;
  const versionOne = version === undefined || version.text === '1';
  return server === undefined || !versionOne || more.length > 0
    ? null
    : { server: server.text.toLowerCase(), results: resultsOf(rest) };
}

function resultsOf(parts: readonly Token[][]): MethodResult[] {
  return parts.slice(0, MOST_RESULTS).flatMap((part) => resultOf(part) ?? []);
}

/** `method[/version] = result *(ptype.property = value)`; anything else is kept as a result that says nothing. */
function resultOf(part: readonly Token[]): MethodResult | null {
  const [name, equals, result] = part;
  if (name?.kind !== 'word' || equals?.kind !== 'equals' || result?.kind !== 'word') {
    return null;
  }
  const method = name.text.toLowerCase().split('/')[0] ?? '';
  const said = result.text.toLowerCase();
  return WORD.test(method)
    ? { method, result: WORD.test(said) ? said : 'unreadable', properties: propertiesOf(part.slice(3)) }
    : null;
}

function propertiesOf(tokens: readonly Token[]): Map<string, string> {
  const properties = new Map<string, string>();
  tokens.forEach((token, index) => {
    const name = tokens[index - 1];
    const value = tokens[index + 1];
    if (token.kind === 'equals' && name?.kind === 'word' && (value?.kind === 'word' || value?.kind === 'quoted')) {
      const key = name.text.toLowerCase();
      properties.set(key, properties.get(key) ?? value.text);
    }
  });
  return properties;
}

function partsOf(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'semicolon') {
      parts.push([]);
    } else {
      parts.at(-1)?.push(token);
    }
  }
  return parts.filter((part, index) => index === 0 || part.length > 0);
}

/** Null when a comment or a quoted string does not end. */
function tokensOf(value: string): Token[] | null {
  const tokens: Token[] = [];
  let word = '';
  const endWord = () => {
    if (word !== '') {
      tokens.push({ kind: 'word', text: word });
      word = '';
    }
  };
  for (let at = 0; at < value.length; at += 1) {
    const character = value[at] ?? '';
    if (character === '(' || character === '"') {
      const end = character === '(' ? endOfComment(value, at) : endOfString(value, at);
      if (end === -1) {
        return null;
      }
      // A quoted local part is one word with what follows it: `"a b"@example.org`.
      if (character === '"' && (word !== '' || /[^\s;=(]/.test(value[end + 1] ?? ' '))) {
        word += value.slice(at, end + 1);
      } else if (character === '"') {
        tokens.push({ kind: 'quoted', text: unquoted(value.slice(at + 1, end)) });
      } else {
        endWord();
      }
      at = end;
    } else if (character === ';' || character === '=') {
      // Values may hold an equals sign themselves; only the first one of a word parts name and value.
      if (character === '=' && word !== '' && tokens.at(-1)?.kind === 'equals') {
        word += character;
        continue;
      }
      endWord();
      tokens.push({ kind: character === ';' ? 'semicolon' : 'equals', text: character });
    } else if (/\s/.test(character)) {
      endWord();
    } else {
      word += character;
    }
  }
  endWord();
  return tokens;
}

function unquoted(text: string): string {
  return text.replace(/\\([^])/g, '$1');
}

function endOfString(value: string, start: number): number {
  for (let at = start + 1; at < value.length; at += 1) {
    if (value[at] === '\\') {
      at += 1;
    } else if (value[at] === '"') {
      return at;
    }
  }
  return -1;
}

/** Comments nest. */
function endOfComment(value: string, start: number): number {
  let depth = 0;
  for (let at = start; at < value.length; at += 1) {
    if (value[at] === '\\') {
      at += 1;
    } else if (value[at] === '(') {
      depth += 1;
    } else if (value[at] === ')') {
      depth -= 1;
      if (depth === 0) {
        return at;
      }
    }
  }
  return -1;
}
