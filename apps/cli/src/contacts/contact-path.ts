import { isUuid } from '#libs/interaction';
import { failed, type Outcome, succeeded } from '../context.js';

/** A contact as it is named on the command line, as the API names it: an id, an address, a number, `external:…`. */
export function contactName(written: string): Outcome<string> {
  const name = written.trim();
  if (isUuid(name) || /^(email|phone|external):./.test(name)) {
    return succeeded(name);
  }
  if (/^[^\s@]+@[^\s@]+$/.test(name)) {
    return succeeded(`email:${name}`);
  }
  const number = name.replace(/[\s().-]/g, '');
  return /^\+\d+$/.test(number)
    ? succeeded(`phone:${number}`)
    : failed(
        `"${written}" is no contact: give its id, its address, its number as +351210000000, or external:hubspot:12.`,
      );
}

/** The path of a contact. */
export function contactPath(written: string): Outcome<string> {
  const name = contactName(written);
  return name.ok ? succeeded(`/v1/contacts/${encodeURIComponent(name.value)}`) : name;
}
