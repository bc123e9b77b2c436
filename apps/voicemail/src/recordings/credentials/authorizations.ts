import type { RecordingCredentials } from '#libs/telephony';
import { askForToken, basicAuthorization, type TokenTools } from './ask-for-token.js';

/** The header that says who we are; null: nobody asks. */
export type AuthorizationAnswer =
  | { readonly outcome: 'known'; readonly header: string | null; /** It was had before. */ readonly isKept: boolean }
  | { readonly outcome: 'refused' | 'unavailable' };

/** Before a token ends, so that it does not end on its way. Milliseconds. */
const MARGIN_MS = 60_000;

/** Says who we are to a provider, and keeps its tokens as long as they hold. */
export class Authorizations {
  readonly #tokens = new Map<string, { readonly header: string; readonly until: number }>();

  constructor(private readonly now: () => number) {}

  async of(
    connection: string,
    credentials: RecordingCredentials | null,
    tools: TokenTools,
    stop: AbortSignal,
  ): Promise<AuthorizationAnswer> {
    if (credentials === null) {
      return { outcome: 'known', header: null, isKept: false };
    }
    if (credentials.kind === 'basic') {
      const { user, password } = credentials;
      return { outcome: 'known', header: basicAuthorization(user, password), isKept: false };
    }
    const kept = this.#tokens.get(connection);
    if (kept !== undefined && kept.until > this.now()) {
      return { outcome: 'known', header: kept.header, isKept: true };
    }
    const answer = await askForToken(credentials, tools, stop);
    if (answer.outcome !== 'granted') {
      return { outcome: answer.outcome };
    }
    const header = `Bearer ${answer.token}`;
    this.#tokens.set(connection, { header, until: this.now() + answer.lifetimeMs - MARGIN_MS });
    return { outcome: 'known', header, isKept: false };
  }

  /** The provider does not know it any more. */
  forget(connection: string): void {
    this.#tokens.delete(connection);
  }
}
