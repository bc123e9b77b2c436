import { secretExpiry, type ImapConfiguration } from '#libs/runtime';
import { obtainCredentials, type CredentialTools } from '../credentials/index.js';
import { examineNetwork } from './examine-network.js';
import { examineSession } from './examine-session.js';
import { broken, doubtful, fine, skipped, type Finding } from './finding.js';

/**
 * Everything that the import of a mailbox needs, one after another. Changes nothing in the mailbox; never rejects for
 * what the server or the provider does.
 *
 * 1. What the configuration says.
 * 2. The password, or a token.
 * 3. The way to the server: address, port, TLS.
 * 4. The session: login, capabilities, folder, where mails are moved to, what may be marked.
 */
export async function examineMailbox(imap: ImapConfiguration, tools: CredentialTools = {}): Promise<Finding[]> {
  const now = (tools.now ?? (() => new Date()))();
  const [credentials, network] = await Promise.all([obtainCredentials(imap, tools), examineNetwork(imap, now)]);
  const login = credentials.ok
    ? fine('credentials', describeCredentials(imap, credentials.expiresAt))
    : broken('credentials', `${credentials.reason}${credentials.kind === 'unavailable' ? '; try again later' : ''}`);
  const first = [describeConfiguration(imap), ...examineSecret(imap, now), login, ...network];
  if (!credentials.ok || network.some(({ state }) => state === 'failed')) {
    return [...first, skipped('login', 'not tried, because of what failed above')];
  }
  return [...first, ...(await examineSession(imap, credentials.auth))];
}

function describeConfiguration({ host, port, tls, user, folder, oauth2 }: ImapConfiguration): Finding {
  const protection = { implicit: 'TLS', starttls: 'STARTTLS', none: 'no TLS' }[tls];
  const login = oauth2 === null ? 'password' : `OAuth2 of ${oauth2.provider}`;
  return fine('configuration', `${user} at ${host}:${port} with ${protection}, ${login}, folder ${folder}`);
}

function describeCredentials({ oauth2 }: ImapConfiguration, expiresAt: Date | null): string {
  if (oauth2 === null) {
    return 'a password is set';
  }
  return expiresAt === null ? 'a token was granted' : `a token was granted, valid until ${expiresAt.toISOString()}`;
}

function examineSecret(imap: ImapConfiguration, now: Date): Finding[] {
  const expiry = secretExpiry(imap, now);
  if (expiry === null) {
    return [];
  }
  const day = expiry.expiresAt.toISOString().slice(0, 10);
  if (expiry.warningDays === null) {
    return [fine('client secret', `ends on ${day}, in ${expiry.daysLeft} days`)];
  }
  const advice = 'create a new one and put it, with its date, into the configuration';
  return expiry.warningDays === 0
    ? [broken('client secret', `has ended on ${day}: ${advice}`)]
    : [doubtful('client secret', `ends on ${day}, in ${expiry.daysLeft} days: ${advice}`)];
}
