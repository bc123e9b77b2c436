import { isObject } from '../body/collections.js';
import type { Sanitiser } from '../display/sanitiser.js';
import { ProblemException, unprocessable } from '../http/problem.js';

/**
 * The HTML of a signature as it is stored; nothing where a body says none. Throws 422 for HTML that cannot be read in time,
 * and 503 while too much of it waits.
 */
export async function sanitisedSignature(
  sanitiser: Sanitiser,
  body: unknown,
): Promise<{ readonly signature_html?: string }> {
  const html = isObject(body) ? body['signature_html'] : undefined;
  if (typeof html !== 'string') {
    return {};
  }
  const result = await sanitiser.sanitise({ html, partByContentId: {} });
  if (result.ok) {
    return { signature_html: result.sanitised.html };
  }
  if (result.reason === 'busy') {
    const detail = 'Too much HTML waits to be read: ask again.';
    throw new ProblemException({ code: 'temporarily-unavailable', detail, headers: { 'retry-after': '1' } });
  }
  const detail = 'The HTML cannot be read: say it in signature_text.';
  throw unprocessable([{ pointer: '/signature_html', code: 'validation-failed', detail }]);
}
