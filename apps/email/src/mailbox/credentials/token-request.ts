import { open } from 'node:fs/promises';
import { importPKCS8, SignJWT } from 'jose';
import { errorCode, type ImapConfiguration, type OAuth2Configuration } from '#libs/runtime';

/** What is sent to a token endpoint (RFC 6749). */
export type TokenRequest =
  | { readonly ok: true; readonly url: string; readonly form: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly reason: string };

interface ServiceAccount {
  readonly client_email: string;
  readonly private_key: string;
  readonly private_key_id?: string;
}

const GOOGLE_TOKEN_URL = 'https://oauth2.googleapis.com/token';
const GOOGLE_SCOPE = 'https://mail.google.com/';
const MICROSOFT_LOGIN = 'https://login.microsoftonline.com';
const MICROSOFT_SCOPE = 'https://outlook.office365.com/.default';
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const MOST_KEY_FILE_BYTES = 64 * 1024;

/** Clouds of their own have an Exchange of their own, which the token must be meant for. */
const SCOPE_BY_HOST: Readonly<Record<string, string>> = {
  'outlook.office365.us': 'https://outlook.office365.us/.default',
  'partner.outlook.cn': 'https://partner.outlook.cn/.default',
};

/** Reads and signs with the key of a service account; that key is the only thing that can be wrong here. */
export async function tokenRequest(
  { host, user }: Pick<ImapConfiguration, 'host' | 'user'>,
  oauth2: OAuth2Configuration,
  now: Date,
): Promise<TokenRequest> {
  const { provider, tenant = '', clientId = '', clientSecret = '', refreshToken = '', serviceAccountFile } = oauth2;
  const client = { client_id: clientId, client_secret: clientSecret };
  if (provider === 'microsoft365') {
    const url = oauth2.tokenUrl ?? `${MICROSOFT_LOGIN}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`;
    const scope = SCOPE_BY_HOST[host.toLowerCase()] ?? MICROSOFT_SCOPE;
    return { ok: true, url, form: { grant_type: 'client_credentials', ...client, scope } };
  }
  const url = oauth2.tokenUrl ?? GOOGLE_TOKEN_URL;
  return serviceAccountFile === undefined
    ? { ok: true, url, form: { grant_type: 'refresh_token', ...client, refresh_token: refreshToken } }
    : assertion(serviceAccountFile, user, url, now);
}

/** RFC 7523: the service account asks for a token as the user whose mailbox it is. */
async function assertion(file: string, user: string, url: string, now: Date): Promise<TokenRequest> {
  const read = await readServiceAccount(file);
  if ('problem' in read) {
    return { ok: false, reason: `The service account's key file ${file} ${read.problem}.` };
  }
  const issuedAt = Math.floor(now.getTime() / 1000);
  try {
    const key = await importPKCS8(read.private_key, 'RS256');
    const signed = await new SignJWT({ scope: GOOGLE_SCOPE })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(read.private_key_id ? { kid: read.private_key_id } : {}) })
      .setIssuer(read.client_email)
      .setSubject(user)
      .setAudience(url)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + 3600)
      .sign(key);
    return { ok: true, url, form: { grant_type: JWT_BEARER, assertion: signed } };
  } catch {
    return { ok: false, reason: `The service account's key file ${file} holds no private key that can sign (RS256).` };
  }
}

async function readServiceAccount(file: string): Promise<ServiceAccount | { readonly problem: string }> {
  const text = await readBounded(file).catch((error: unknown) => error);
  if (typeof text !== 'string') {
    return { problem: `cannot be read (${errorCode(text) || 'unknown reason'})` };
  }
  // Messages of the JSON parser quote what they stumble over, and that may be the key.
  const account = parseOrNull(text) as Partial<ServiceAccount> | null;
  return typeof account?.client_email === 'string' && typeof account.private_key === 'string'
    ? (account as ServiceAccount)
    : { problem: 'is not the JSON file of a service account: it has no client_email or no private_key' };
}

async function readBounded(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(MOST_KEY_FILE_BYTES), 0, MOST_KEY_FILE_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
