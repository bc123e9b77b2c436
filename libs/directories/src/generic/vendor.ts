import { signatureHeadersOf, SigningSettings } from '#libs/webhook';
import { contactsPath, type DirectoryVendor } from '../vendor.js';

/** A system that speaks our own webhook of contacts. */
export const genericContactVendor: DirectoryVendor<SigningSettings> = {
  settingsWith: (secret) => Object.assign(new SigningSettings(), { secret }),
  sign({ id, contentType, body }, connection, at) {
    const signed = signatureHeadersOf({ id, body }, connection.settings, String(Math.floor(at / 1000)));
    return { target: contactsPath(connection), headers: { 'content-type': contentType, ...signed }, body };
  },
};
