import { caseTokensIn, verifyCaseToken } from '#libs/interaction';

const MOST_TOKENS = 10;

/** Case ids whose tokens are genuine, in order of appearance, and whether any token was forged. */
export interface FoundTokens {
  readonly caseIds: readonly string[];
  readonly forged: boolean;
}

/**
 * Looks for tokens of ours in texts: addresses, Message-IDs, subjects or bodies. With several secrets a token of
 * any of them is genuine: one issues, the others were issued with before.
 */
export function findTokens(
  texts: readonly string[],
  accountId: string,
  secret: string | readonly string[],
): FoundTokens {
  const secrets = typeof secret === 'string' ? [secret] : secret;
  const tokens = texts.flatMap(caseTokensIn).slice(0, MOST_TOKENS);
  const verified = tokens.map((token) => firstThatVerifies(accountId, token, secrets));
  return {
    caseIds: [...new Set(verified.filter((caseId) => caseId !== null))],
    forged: verified.includes(null),
  };
}

function firstThatVerifies(accountId: string, token: string, secrets: readonly string[]): string | null {
  for (const secret of secrets) {
    const caseId = verifyCaseToken(accountId, token, secret);
    if (caseId !== null) {
      return caseId;
    }
  }
  return null;
}
