import type { ImapConfiguration } from '#libs/runtime';
import { askTokenEndpoint, type TokenEndpointTools } from './ask-token-endpoint.js';
import { explainRefusal } from './explain-refusal.js';
import { tokenRequest } from './token-request.js';

/** What a connection logs in with. */
export type MailboxLogin =
  { readonly user: string; readonly pass: string } | { readonly user: string; readonly accessToken: string };

/**
 * `unavailable`: nobody has judged the credentials, so the same attempt later may succeed. `refused`: it will fail
 * until somebody changes something; the reason says what. Reasons hold neither secrets nor tokens.
 */
export type Credentials =
  | { readonly ok: true; readonly auth: MailboxLogin; readonly expiresAt: Date | null }
  | {
      readonly ok: false;
      readonly kind: 'unavailable' | 'refused';
      readonly reason: string;
      /** How long the token endpoint wants to be left alone; null when it did not say. */
      readonly retryAfterMs: number | null;
    };

export interface CredentialTools extends Partial<TokenEndpointTools> {
  readonly now?: () => Date;
}

/**
 * The login of a mailbox, fetched anew for each connection: a token is used at the login only, so there is none to
 * keep. Asks at most once and waits at most 10 s. Never rejects.
 */
export async function obtainCredentials(imap: ImapConfiguration, tools: CredentialTools = {}): Promise<Credentials> {
  const { user, password, oauth2 } = imap;
  if (oauth2 === null) {
    return { ok: true, auth: { user, pass: password ?? '' }, expiresAt: null };
  }
  const now = (tools.now ?? (() => new Date()))();
  const request = await tokenRequest(imap, oauth2, now);
  if (!request.ok) {
    return { ok: false, kind: 'refused', reason: request.reason, retryAfterMs: null };
  }
  const answer = await askTokenEndpoint(request, { fetch: tools.fetch ?? fetch });
  switch (answer.outcome) {
    case 'granted': {
      const expiresAt = answer.lifetimeSeconds === null ? null : later(now, answer.lifetimeSeconds);
      return { ok: true, auth: { user, accessToken: answer.accessToken }, expiresAt };
    }
    case 'refused':
      return { ok: false, kind: 'refused', reason: explainRefusal(imap, oauth2, answer), retryAfterMs: null };
    case 'unavailable':
      return { ok: false, kind: 'unavailable', reason: answer.reason, retryAfterMs: answer.retryAfterMs };
  }
}

function later(moment: Date, seconds: number): Date {
  return new Date(moment.getTime() + seconds * 1000);
}
