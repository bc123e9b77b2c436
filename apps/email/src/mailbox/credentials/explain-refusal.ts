import type { ImapConfiguration, OAuth2Configuration } from '#libs/runtime';
import type { TokenRefusal } from './ask-token-endpoint.js';

const MICROSOFT: Readonly<Record<string, string>> = {
  AADSTS7000222: 'the client secret has expired: create a new one in the app registration and put it into clientSecret',
  AADSTS7000215:
    'the client secret is wrong: clientSecret needs the value that was shown once when it was created, not the ' +
    "secret's id",
  AADSTS700016: 'the tenant has no application with this clientId: check clientId and tenant',
  AADSTS7000112: 'the application is disabled in the tenant: enable its enterprise application',
  AADSTS90002: 'there is no such tenant: check tenant',
  AADSTS900023: 'tenant is neither the id of a directory nor one of its domains',
  AADSTS500011: 'the tenant has no Exchange Online: check tenant',
  AADSTS53003: 'a Conditional Access policy of the tenant forbids it: except the application from that policy',
};

const MICROSOFT_OTHERWISE: Readonly<Record<string, string>> = {
  invalid_client: 'check clientId, clientSecret and tenant',
  unauthorized_client: 'the application may not ask for tokens in this tenant: check clientId and tenant',
  invalid_request: 'check tenant and tokenUrl',
  invalid_scope: 'give the application IMAP.AccessAsApp of Office 365 Exchange Online, with admin consent',
};

const SERVICE_ACCOUNT: Readonly<Record<string, string>> = {
  unauthorized_client:
    'the service account may not act for this mailbox: in the Google Admin console allow its client id, by ' +
    'domain-wide delegation, the scope https://mail.google.com/',
  access_denied: 'domain-wide delegation does not hold the scope https://mail.google.com/ for the service account',
  invalid_grant:
    'Google knows no such mailbox, the key was deleted, or the clock of this machine is wrong: check user, the key ' +
    'file and the time',
  invalid_client: 'the service account or its key was deleted: create a new key file',
};

const REFRESH_TOKEN: Readonly<Record<string, string>> = {
  invalid_grant:
    'the refresh token was revoked or has expired (after seven days while the consent screen is in testing): let the ' +
    'user consent again and put the new one into refreshToken',
  invalid_client: 'check clientId and clientSecret',
  deleted_client: 'the OAuth client was deleted: create a new one',
  disabled_client: 'the OAuth client is disabled: enable it in the Google Cloud console',
  unauthorized_client: 'the refresh token belongs to another OAuth client: check clientId and refreshToken',
  admin_policy_enforced: 'the Workspace administrator has not allowed this application: let them trust its client id',
};

/** One sentence on who refused and what to do. Holds no secret: only what the configuration calls the things. */
export function explainRefusal(
  { user }: Pick<ImapConfiguration, 'user'>,
  oauth2: OAuth2Configuration,
  { error, microsoftCode, status }: TokenRefusal,
): string {
  const advice =
    oauth2.provider === 'microsoft365'
      ? (MICROSOFT[microsoftCode ?? ''] ?? MICROSOFT_OTHERWISE[error])
      : (oauth2.serviceAccountFile === undefined ? REFRESH_TOKEN : SERVICE_ACCOUNT)[error];
  const who = oauth2.provider === 'microsoft365' ? 'Microsoft 365' : 'Google';
  const code = microsoftCode === null ? error : `${error}, ${microsoftCode}`;
  return `${who} gives no token for ${user} (HTTP ${status}, ${code}): ${advice ?? 'check the settings below oauth2'}.`;
}

/** What to do when the mail server itself refuses the login; it says no more than that it does. */
export function explainLoginRefusal({ user, oauth2 }: Pick<ImapConfiguration, 'user' | 'oauth2'>): string {
  if (oauth2 === null) {
    return `The server refuses the password of ${user}: check user and password, and whether it wants an app password.`;
  }
  if (oauth2.provider === 'google') {
    return `The server refuses the token for ${user}: check that IMAP is on for this mailbox and that user is its address.`;
  }
  return (
    `The server refuses the token for ${user}. The usual mistake: New-ServicePrincipal was given the object id of the ` +
    'app registration; it needs the one of the enterprise application. Check also IMAP.AccessAsApp with admin consent, ' +
    'Add-MailboxPermission with FullAccess for this mailbox, and that IMAP is on for it.'
  );
}
