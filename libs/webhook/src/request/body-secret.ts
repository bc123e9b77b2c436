import { isSame } from './constant-time.js';
import { refused, verified, type Verification } from './verification.js';
import type { WebhookRequest } from './webhook-request.js';

/** Whether a member of a JSON body is the secret that our template of it holds as a constant. */
export function verifyBodySecret({ body }: Pick<WebhookRequest, 'body'>, name: string, secret: string): Verification {
  const given = memberOf(body, name);
  if (given === null) {
    return refused('secret-missing', { detail: `the body has no ${name}` });
  }
  return isSame(secret, given) ? verified() : refused('secret-mismatch', { detail: `${name} is another one` });
}

function memberOf(body: Buffer, name: string): string | null {
  try {
    const plain = JSON.parse(body.toString('utf8')) as Record<string, unknown> | null;
    const value = plain?.[name];
    return typeof value === 'string' && value !== '' ? value : null;
  } catch {
    return null;
  }
}
