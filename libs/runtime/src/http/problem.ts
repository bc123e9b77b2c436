/** Root of the problem types: stable names, whether or not a page stands behind them. */
const PROBLEM_TYPES = 'https://casewright.io/problems/';

/** One thing that is wrong, by its place in the request: `/query/limit`. */
export interface ProblemPart {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** RFC 9457, with our extension members. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly request_id: string;
  readonly errors?: readonly ProblemPart[];
}

/** What went wrong, before it is known in which request. */
export interface ProblemCause extends Pick<Problem, 'code' | 'title' | 'status' | 'detail' | 'errors'> {
  /** Instead of the one that follows from the code. */
  readonly type?: string;
  /** Extension members (RFC 9457 §3.2) of this problem alone. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** Response headers that belong to the problem. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Carries a problem out of whatever reads a request. */
export class ProblemError extends Error {
  constructor(readonly problem: ProblemCause) {
    super(problem.detail);
    this.name = 'ProblemError';
  }
}

/** The document that a client gets. `url` may be anything that a stranger sent. */
export function problemDocument(
  cause: ProblemCause,
  request: { readonly id: string; readonly url: string | undefined },
): Problem {
  return {
    ...cause.members,
    type: cause.type ?? `${PROBLEM_TYPES}${cause.code}`,
    title: cause.title,
    status: cause.status,
    detail: cause.detail,
    instance: instanceOf(request.url),
    code: cause.code,
    request_id: request.id,
    ...(cause.errors === undefined ? {} : { errors: cause.errors }),
  };
}

/** Longer than any path of ours. */
const LONGEST_INSTANCE = 500;

/** What stands below the address of a webhook may be a secret. */
const SECRET_SEGMENTS = /^(\/webhooks\/[^/]*\/[^/]*(?:\/(?:calls|voicemails|recordings))?)\/.*$/s;

/** The path, harmless wherever it is shown: Node's parser lets quotes, angle brackets and raw bytes through. */
function instanceOf(url: string | undefined): string {
  const path = (url ?? '').split(/[?#]/, 1)[0] ?? '';
  const harmless = path
    .replace(SECRET_SEGMENTS, '$1')
    .slice(0, LONGEST_INSTANCE)
    // Node gives a URL as latin1: each character is one byte.
    .replace(/[^\x21-\x7e]|["'<>\\^`{|}]/g, (character) => `%${hexadecimal(character)}`);
  return harmless === '' ? '/' : harmless;
}

function hexadecimal(character: string): string {
  return (character.charCodeAt(0) & 0xff).toString(16).toUpperCase().padStart(2, '0');
}
