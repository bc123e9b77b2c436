import { sentWithSecret, type DirectoryVendor } from '../vendor.js';
import { SalesforceSettings } from './settings.js';

/** Salesforce, which signs nothing: the secret is in the address. */
export const salesforceVendor: DirectoryVendor<SalesforceSettings> = {
  settingsWith: (secret) => Object.assign(new SalesforceSettings(), { secret, organizationId: '00D000000000001EAA' }),
  sign: (request, connection) => sentWithSecret(request, connection, connection.settings.secret),
};
