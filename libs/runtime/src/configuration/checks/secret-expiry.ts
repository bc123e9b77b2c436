import type { ImapConfiguration } from '../file/imap-configuration.js';

/** When a client secret ends, as the configuration says it: no token and no endpoint does. */
export interface SecretExpiry {
  readonly expiresAt: Date;
  /** Whole days that are left; negative once it has ended. */
  readonly daysLeft: number;
  /** The tightest limit that was passed, in days; 0 once it has ended, null while there is no need to warn. */
  readonly warningDays: number | null;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** From the last to the first warning. */
const WARNING_DAYS = [0, 1, 7, 14, 30];

/** Null for a login whose end is not known: passwords, service accounts, and secrets without a date. */
export function secretExpiry({ oauth2 }: Pick<ImapConfiguration, 'oauth2'>, now: Date): SecretExpiry | null {
  if (oauth2?.clientSecretExpiresAt === undefined) {
    return null;
  }
  const expiresAt = new Date(oauth2.clientSecretExpiresAt);
  const remaining = (expiresAt.getTime() - now.getTime()) / DAY_MS;
  const warningDays = WARNING_DAYS.find((days) => remaining <= days) ?? null;
  return { expiresAt, daysLeft: Math.floor(remaining), warningDays };
}
