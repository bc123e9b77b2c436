import type { TraceHeader } from '#libs/mail';
import { withoutComments } from '../without-comments.js';
import { readAuthenticationResults, type MethodResult } from './authentication-results.js';

/** Whose Authentication-Results a mailbox believes, and where that server writes them. */
export interface TrustedServer {
  /** Its authserv-id, lower case; null for Microsoft 365, which writes none. */
  readonly id: string | null;
  /**
   * `above_received`: above the Received header that it adds itself, as Postfix with OpenDKIM does.
   * `below_received`: below that one, as Gmail, Exim and Rspamd do. What a sender wrote comes right after it, so only
   * the topmost header counts.
   */
  readonly place: 'above_received' | 'below_received';
}

export const MICROSOFT_365 = 'microsoft365';
/** Servers that write below their Received header and are known to take forged results away. */
const WRITE_BELOW: ReadonlySet<string> = new Set(['mx.google.com']);

/** The server that a mailbox is set to believe; null when it is set to believe nobody. */
export function trustedServerOf(
  trustedAuthservId: string | null,
  authentication: TrustedServer['place'] | typeof MICROSOFT_365 | null,
): TrustedServer | null {
  if (authentication === MICROSOFT_365 || trustedAuthservId?.toLowerCase() === MICROSOFT_365) {
    return { id: null, place: 'below_received' };
  }
  if (trustedAuthservId === null) {
    return null;
  }
  const id = trustedAuthservId.toLowerCase();
  return { id, place: authentication ?? (WRITE_BELOW.has(id) ? 'below_received' : 'above_received') };
}

/**
 * The results that the trusted server wrote, null when there are none (RFC 8601 §5):
 * 1. only what stands above the first Received header of another server is ours, and of that
 * 2. the topmost header, when it bears the server's name, and
 * 3. those right below it with the same name: some servers write a header for each method. What stands below a field
 *    of the author's is the author's.
 */
export function resultsOfServer(traces: readonly TraceHeader[], server: TrustedServer): MethodResult[] | null {
  const block: MethodResult[][] = [];
  const most = server.place === 'below_received' ? 1 : Number.POSITIVE_INFINITY;
  for (const { value, apart } of oursOf(traces, server)) {
    const read = readAuthenticationResults(value);
    const isBelowAuthors = apart && block.length > 0;
    if (read === null || read.server !== server.id || block.length >= most || isBelowAuthors) {
      break;
    }
    block.push([...read.results]);
  }
  return block.length === 0 ? null : block.flat();
}

/** The Authentication-Results headers above the first Received header that a stranger may have written. */
function oursOf(traces: readonly TraceHeader[], server: TrustedServer): TraceHeader[] {
  const foreign = traces.findIndex(({ name, value }) => name === 'received' && !isOurHop(value, server));
  const above = foreign === -1 ? traces : traces.slice(0, foreign);
  return above.filter(({ name }) => name === 'authentication-results');
}

/**
 * Whether nothing of a stranger's comes below the hop: the hand-over to the mailbox (LMTP) and what a server received
 * from itself. With `below_received` also the trusted server's own hops.
 */
function isOurHop(received: string, server: TrustedServer): boolean {
  const clauses = clausesOf(received);
  if (clauses === null) {
    return false;
  }
  const isInside = !clauses.has('from') || /^(utf8)?lmtps?a?$/i.test(clauses.get('with') ?? '');
  return isInside || (server.place === 'below_received' && isHostOf(clauses.get('by') ?? '', server));
}

function isHostOf(host: string, { id }: TrustedServer): boolean {
  const name = host.toLowerCase();
  return id === null
    ? /\.(outlook|office365|exchangelabs)\.(com|us|cn)$|\.outlook\.de$/.test(name)
    : name === id || name.endsWith(`.${parentOf(id)}`);
}

/** `mx.acme.example` and `in.acme.example` are of one house; a parent of one label would be everybody's. */
function parentOf(id: string): string {
  const parent = id.slice(id.indexOf('.') + 1);
  return parent.includes('.') ? parent : id;
}

const CLAUSES: ReadonlySet<string> = new Set(['from', 'by', 'with']);

/**
 * The words after `from`, `by` and `with` (RFC 5321 §4.4). Comments are the other side's words. Null when a clause comes
 * twice: a client may greet with `x by y with LMTP`, and some servers write down whatever it says.
 */
function clausesOf(received: string): Map<string, string> | null {
  const words = withoutComments(received).split(/[\s;]+/);
  const clauses = new Map<string, string>();
  let isClear = true;
  words.forEach((word, index) => {
    const name = words[index - 1]?.toLowerCase() ?? '';
    if (CLAUSES.has(name)) {
      isClear &&= !clauses.has(name);
      clauses.set(name, word);
    }
  });
  return isClear ? clauses : null;
}
