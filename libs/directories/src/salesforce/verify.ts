import {
  refused,
  secretsInUse,
  verifyPathSecret,
  type Connection,
  type Verification,
  type WebhookRequest,
} from '#libs/webhook';
import { longId } from './salesforce-id.js';
import type { SalesforceSettings } from './settings.js';

const ORGANIZATION = /<(?:[\w.-]+:)?OrganizationId>\s*([A-Za-z0-9]{15,18})\s*<\//g;

/**
 * Outbound messages sign nothing: the last segment of the address is a secret, and the message has to be of the organisation that the
 * connection names.
 */
export function verifySalesforce(request: WebhookRequest, connection: Connection<SalesforceSettings>): Verification {
  const { secret, previousSecret, organizationId } = connection.settings;
  const path = verifyPathSecret(request, connection, secretsInUse(secret, previousSecret));
  if (!path.verified) {
    return path;
  }
  const named = [...request.body.toString('latin1').matchAll(ORGANIZATION)].map(([, id = '']) => longId(id));
  return named.length === 1 && named[0] === longId(organizationId)
    ? path
    : refused('tenant-mismatch', { detail: 'OrganizationId is missing, another one or there twice' });
}
