import { sentWithPassword, sentWithSecret, contactsPath, type DirectoryVendor } from '../vendor.js';
import { signatureHeadersOf } from '#libs/webhook';
import { JsonMap, JsonSettings } from './settings.js';

/** Any sender of JSON, which proves itself as the settings say. */
export const jsonVendor: DirectoryVendor<JsonSettings> = {
  settingsWith: (secret) => Object.assign(new JsonSettings(), { secret, map: new JsonMap() }),
  sign(request, connection, at) {
    const { basic, hmac, secret, previousSecret } = connection.settings;
    if (basic !== null) {
      return sentWithPassword(request, connection, basic);
    }
    if (hmac === null) {
      return sentWithSecret(request, connection, secret ?? '');
    }
    const { contentType, body, id } = request;
    const seconds = String(Math.floor(at / 1000));
    const signed = signatureHeadersOf({ id, body }, { secret: secret ?? '', previousSecret, hmac }, seconds);
    return { target: contactsPath(connection), headers: { 'content-type': contentType, ...signed }, body };
  },
};
