import { refused, type Refused } from './verification.js';
import { headerValues, type WebhookRequest } from './webhook-request.js';

/** Longer headers are refused (channels.md A); characters, which are bytes here. */
const LONGEST_HEADER = 8192;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/**
 * The one value of each header that a signature needs, in the order of `names`. Refused where one is missing or empty,
 * and where it came twice, is longer than 8 KiB or not plain ASCII: who reads which of two differs from server to server.
 */
export function signatureHeaders(request: WebhookRequest, names: readonly string[]): readonly string[] | Refused {
  const found = names.map((name) => headerValues(request, name));
  if (found.some((values) => values.length > 1 || values.some(isUnreadable))) {
    return refused('signature-unreadable');
  }
  const values = found.map(([value = '']) => value.trim());
  return values.includes('') ? refused('signature-missing') : values;
}

export function isRefused(found: readonly string[] | Refused): found is Refused {
  return 'verified' in found;
}

function isUnreadable(value: string): boolean {
  return value.length > LONGEST_HEADER || !PRINTABLE_ASCII.test(value);
}
