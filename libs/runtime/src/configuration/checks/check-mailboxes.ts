import type { MailboxConfiguration } from '../file/channel-configuration.js';
import type { ConfigurationProblem } from '../configuration-error.js';
import type { OAuth2Configuration } from '../file/imap-configuration.js';

type Setting = keyof OAuth2Configuration;

/** What each way to a token has no use for: left standing, it would look as if it were in force. */
const useless: Readonly<Record<string, readonly Setting[]>> = {
  microsoft365: ['refreshToken', 'serviceAccountFile'],
  serviceAccount: ['tenant', 'clientId', 'clientSecret', 'refreshToken', 'clientSecretExpiresAt'],
  refreshToken: ['tenant', 'serviceAccountFile'],
};

/** How we log in to a mailbox: by one thing only, and with a token endpoint that may be told secrets. */
export function checkMailboxes(mailboxes: readonly MailboxConfiguration[]): ConfigurationProblem[] {
  return mailboxes.flatMap(({ imap }, index) => {
    const path = `mailboxes[${index}].imap`;
    if (!imap?.oauth2) {
      return [];
    }
    const both = [{ path: `${path}.password`, problem: 'cannot stand beside oauth2: the login uses one of them' }];
    return [...(imap.password === undefined ? [] : both), ...checkOAuth2(imap.oauth2, `${path}.oauth2`)];
  });
}

function checkOAuth2(oauth2: OAuth2Configuration, path: string): ConfigurationProblem[] {
  const google = oauth2.serviceAccountFile === undefined ? 'refreshToken' : 'serviceAccount';
  const way = oauth2.provider === 'google' ? google : 'microsoft365';
  const surplus = (useless[way] ?? []).filter((setting) => oauth2[setting] !== undefined);
  return [
    ...surplus.map((setting) => ({ path: `${path}.${setting}`, problem: `is of no use ${reasons[way]}` })),
    ...(isProtected(oauth2.tokenUrl) ? [] : [{ path: `${path}.tokenUrl`, problem: 'must be an https address' }]),
  ];
}

const reasons = {
  microsoft365: 'to the provider microsoft365',
  serviceAccount: 'beside a service account',
  refreshToken: 'beside a refresh token',
};

/** Secrets go there: without TLS only to this machine. */
function isProtected(tokenUrl: string | undefined): boolean {
  if (tokenUrl === undefined) {
    return true;
  }
  const { protocol, hostname } = new URL(tokenUrl);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
