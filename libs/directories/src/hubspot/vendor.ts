import { calledAddress } from '#libs/webhook';
import { contactsPath, type DirectoryVendor } from '../vendor.js';
import { HubSpotSettings } from './settings.js';
import { hubSpotSignature } from './signature.js';

/** HubSpot as it signs its webhooks (v3). */
export const hubSpotVendor: DirectoryVendor<HubSpotSettings> = {
  settingsWith: (secret) => Object.assign(new HubSpotSettings(), { secret }),
  sign({ contentType, body }, connection, at) {
    const target = contactsPath(connection);
    const timestamp = String(at);
    const signature = hubSpotSignature(connection.settings.secret, {
      address: calledAddress(connection.publicUrl ?? '', target),
      body: Buffer.from(body, 'utf8'),
      timestamp,
    });
    const signed = { 'X-HubSpot-Signature-v3': signature, 'X-HubSpot-Request-Timestamp': timestamp };
    return { target, headers: { 'content-type': contentType, ...signed }, body };
  },
};
