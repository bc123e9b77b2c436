import { beginning, type EmailPayload } from '#libs/mail';

/** What filters on the mail's way, or its sender, say about it. Anybody can write these headers: no rule reads them. */
export interface SpamClaims {
  readonly flag: boolean | null;
  /** Points of SpamAssassin or rspamd, the filters' own scales. */
  readonly score: number | null;
  /** Spam confidence level of Exchange, -1 to 9. */
  readonly scl: number | null;
  /** Bulk complaint level of Exchange, 0 to 9. */
  readonly bcl: number | null;
  /** What rspamd would do, or Exchange's category of the mail. */
  readonly action: string | null;
  readonly category: string | null;
}

const NUMBER = '\\s*(-?\\d{1,6}(?:\\.\\d{1,6})?)';
const SPAM_ACTIONS = /^(reject|add header|rewrite subject|quarantine)$/i;

/** The verdicts of spam filters as the mail claims them; null when it has none. */
export function spamClaims({ signals }: Pick<EmailPayload, 'signals'>): SpamClaims | null {
  const said = (name: string) => signals[name]?.[0] ?? '';
  const forefront = said('x-forefront-antispam-report');
  const action = said('x-rspamd-action');
  const verdict = /^\s*(yes|no|true|false)\b/i;
  const flags = [said('x-spam-flag'), said('x-spam-status'), said('x-spamd-result').replace(/^\s*\w*:/, '')];
  const word = flags.map((value) => verdict.exec(value)?.[1]?.toLowerCase()).find((found) => found !== undefined);
  const claims: SpamClaims = {
    flag: word === undefined ? (action === '' ? null : SPAM_ACTIONS.test(action.trim())) : /yes|true/.test(word),
    score:
      numberAfter(said('x-spam-status'), 'score=') ??
      numberAfter(said('x-spam-score'), '^') ??
      numberAfter(said('x-rspamd-score'), '^') ??
      numberAfter(said('x-spamd-result'), '\\[') ??
      starsOf(said('x-spam-level')),
    scl: numberAfter(said('x-ms-exchange-organization-scl'), '^') ?? numberAfter(forefront, '\\bSCL:'),
    bcl: numberAfter(said('x-microsoft-antispam'), '\\bBCL:'),
    action: action.trim() === '' ? null : beginning(action.trim(), 40),
    category: /\bCAT:(\w{1,20})/.exec(forefront)?.[1] ?? null,
  };
  return Object.values(claims).every((claim) => claim === null) ? null : claims;
}

function numberAfter(value: string, before: string): number | null {
  const found = new RegExp(`${before}${NUMBER}`, 'i').exec(value)?.[1];
  return found === undefined ? null : Number(found);
}

function starsOf(value: string): number | null {
  const stars = /^\s*(\*{1,100})/.exec(value)?.[1]?.length;
  return stars ?? null;
}
