import { mediaTypeOf, refusedBody, storable, type BodyRead, type WebhookRequest } from '#libs/webhook';
import { readXml, type XmlElement } from './xml.js';

export const XML_TYPES = ['text/xml', 'application/xml', 'application/soap+xml'] as const;
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** What stands in an element: a text, null where it says so (`xsi:nil`), or the elements in it, those of one name as a list. */
type Said = string | null | { readonly [name: string]: Said | readonly Said[] };

/**
 * An outbound message as an object: `Envelope`, `Body`, `notifications`, `Notification`, `sObject`, with the names of fields as
 * they are in Salesforce, and its type as `type`.
 */
export function readSoapBody(request: Pick<WebhookRequest, 'body' | 'rawHeaders'>): BodyRead {
  const type = mediaTypeOf(request) ?? '';
  if (!(XML_TYPES as readonly string[]).includes(type)) {
    return refusedBody('', 'content-type', 'send text/xml', 415);
  }
  const text = decoded(request.body);
  const read = text === null ? null : readXml(text);
  if (read === null || !read.ok) {
    return refusedBody('', 'xml', read === null ? 'the body is not UTF-8' : `the body cannot be read: ${read.problem}`);
  }
  return storable({ [read.root.name]: saidIn(read.root) });
}

function decoded(body: Buffer): string | null {
  try {
    return STRICT.decode(body);
  } catch {
    return null;
  }
}

function saidIn({ attributes, children, text }: XmlElement): Said {
  const attribute = (name: string) => [...attributes].find(([key]) => key.replace(/^.*:/, '') === name)?.[1];
  if (attribute('nil') === 'true' || attribute('nil') === '1') {
    return null;
  }
  if (children.length === 0) {
    return text.trim();
  }
  const said = new Map<string, Said | readonly Said[]>();
  const type = attribute('type');
  if (type !== undefined) {
    said.set('type', type.replace(/^.*:/, ''));
  }
  for (const child of children) {
    const before = said.get(child.name);
    const value = saidIn(child);
    said.set(
      child.name,
      before === undefined
        ? value
        : [...(Array.isArray(before) ? (before as readonly Said[]) : [before as Said]), value],
    );
  }
  return Object.fromEntries(said);
}
