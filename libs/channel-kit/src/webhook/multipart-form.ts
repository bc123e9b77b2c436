import { Busboy } from '@fastify/busboy';
import { headerValues, mediaTypeOf, type WebhookRequest } from '#libs/webhook';

const LIMITS = { fields: 200, parts: 200, fieldNameSize: 200, fieldSize: 64 * 1024, files: 0, headerPairs: 50 };
const FORM = 'multipart/form-data';

/**
 * The same request with its fields as a plain form, where it came as one of several parts (RFC 7578); any other as it is. Files are
 * left out. Null for what is no such form, does not come to its end, or has more fields than anybody sends.
 */
export function withPlainForm(request: WebhookRequest): Readable | Promise<Readable | null> {
  return mediaTypeOf(request) === FORM ? plainFormOf(request) : request;
}

type Readable = Pick<WebhookRequest, 'body' | 'rawHeaders'>;

async function plainFormOf(request: WebhookRequest): Promise<Readable | null> {
  const fields = await fieldsOf(request);
  return fields === null
    ? null
    : {
        body: Buffer.from(new URLSearchParams(fields).toString()),
        rawHeaders: ['content-type', 'application/x-www-form-urlencoded'],
      };
}

function fieldsOf(request: WebhookRequest): Promise<[string, string][] | null> {
  const [type = ''] = headerValues(request, 'content-type');
  return new Promise((resolve) => {
    const fields: [string, string][] = [];
    let isCut = false;
    try {
      const form = new Busboy({ headers: { 'content-type': type }, limits: LIMITS });
      form.on('field', (name: string, value: string, nameCut: boolean, valueCut: boolean) => {
        isCut ||= nameCut || valueCut;
        fields.push([name, value]);
      });
      form.on('fieldsLimit', () => (isCut = true));
      form.on('partsLimit', () => (isCut = true));
      form.on('error', () => resolve(null));
      form.on('finish', () => resolve(isCut ? null : fields));
      form.end(request.body);
    } catch {
      // A type without a boundary.
      resolve(null);
    }
  });
}
