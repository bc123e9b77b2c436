import { frameworkProblem, type ProblemCause } from '#libs/runtime';
import type { TokenVerdict } from './call-bar-tokens.js';

/** That no token names anybody. */
export function tokenProblem(code: Extract<TokenVerdict, { readonly ok: false }>['code']): ProblemCause {
  switch (code) {
    case 'unavailable':
      return frameworkProblem('temporarily-unavailable', 'The keys of the identity provider cannot be had now.');
    case 'token-missing':
      return unauthorised(code, 'A token is needed', 'Send a token as "Authorization: Bearer …".', {});
    case 'token-expired':
      return unauthorised(code, 'The token is over', 'Fetch a new token and send the event again.', EXPIRED);
    case 'token-invalid':
      return unauthorised(code, 'The token is not valid', 'The token cannot be believed.', EXPIRED);
  }
}

const EXPIRED = { error: 'invalid_token' };

function unauthorised(
  code: string,
  title: string,
  detail: string,
  reasons: Readonly<Record<string, string>>,
): ProblemCause {
  const parts = Object.entries({ realm: 'casewright-callbar', ...reasons }).map(
    ([name, value]) => `${name}="${value}"`,
  );
  return { code, title, detail, status: 401, headers: { 'www-authenticate': `Bearer ${parts.join(', ')}` } };
}

/** That a page may not call from where it is. */
export function originProblem(): ProblemCause {
  const detail = 'Pages of this origin may not use the call bar: name it under callbar.allowedOrigins.';
  return { code: 'origin-not-allowed', title: 'The origin is not allowed', status: 403, detail };
}
