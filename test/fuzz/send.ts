import { type Agent, request as httpRequest } from 'node:http';
import type { Knowledge } from './knowledge.js';
import type { Plan } from './request.js';
import { Known, type Template, textOf } from './template.js';

/** A request as it goes over the wire. */
export interface SentRequest {
  readonly method: string;
  /** Path and query as they are written. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  /** What the parameters of the path were. */
  readonly path: readonly string[];
}

export interface ReceivedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** The request with all places filled by what is known now. */
export function sentRequestOf(plan: Plan, knowledge: Knowledge, key: string): SentRequest {
  const { operation, query, headers, body, cursor } = plan;
  const path: string[] = [];
  for (const segment of plan.path) {
    path.push(segment instanceof Known ? encodeURIComponent(knowledge.find(segment, path[0])) : segment);
  }
  const find = (known: Known): string => named(known, knowledge, path[0] ?? '');
  const places = [...path];
  const filled = operation.path.replace(/\{[^}]+\}/g, () => places.shift() ?? '');
  const pairs = [
    ...query.map(([name, value, raw]) => `${encodeURIComponent(name)}=${written(value, raw === true, find)}`),
    ...(cursor === null || knowledge.cursors.length === 0 ? [] : [`cursor=${cursorOf(cursor, knowledge.cursors)}`]),
  ];
  const given = headers.map(([name, value]) => [name, value instanceof Known ? find(value) : value] as const);
  const bytes = body === null ? null : bytesOf(body.content, find);
  return {
    method: operation.method,
    target: `${filled}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === null || body.type === null ? {} : { 'content-type': body.type }),
      ...Object.fromEntries(given),
    },
    body: bytes,
    path,
  };
}

function named(known: Known, knowledge: Knowledge, owner: string): string {
  switch (known.kind) {
    case 'version of the path':
      return `"${knowledge.versionOf(owner)}"`;
    case 'acting agent':
      return `agent:${knowledge.find(new Known('agent', known.pick, known.otherwise))}`;
    case 'merged_contact':
      return knowledge.find(known, owner);
    default:
      return knowledge.find(known);
  }
}

function written(value: Template, isRaw: boolean, find: (known: Known) => string): string {
  if (isRaw) {
    return typeof value === 'string' ? value : textOf(value, find);
  }
  const plain = (one: Template): string =>
    one instanceof Known ? find(one) : typeof one === 'string' ? one : textOf(one, find);
  const text = Array.isArray(value) ? (value as readonly Template[]).map(plain).join(',') : plain(value);
  // A lone half of a character has no encoding.
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

function cursorOf({ pick, isChanged }: NonNullable<Plan['cursor']>, cursors: readonly string[]): string {
  const cursor = cursors[pick % cursors.length] ?? '';
  const place = pick % Math.max(cursor.length, 1);
  return isChanged ? `${cursor.slice(0, place)}${cursor[place] === 'A' ? 'B' : 'A'}${cursor.slice(place + 1)}` : cursor;
}

function bytesOf(content: Template | Buffer, find: (known: Known) => string): Buffer {
  return Buffer.isBuffer(content) ? content : Buffer.from(textOf(content, find));
}

/** Sends the request as it is written; rejects when no answer comes. */
export function exchange(origin: string, sent: SentRequest, agent: Agent): Promise<ReceivedAnswer> {
  const { hostname, port } = new URL(origin);
  const { method, target, headers, body } = sent;
  const length = body === null ? {} : { 'content-length': String(body.length) };
  return new Promise((resolve, reject) => {
    const options = { agent, hostname, port, method, path: target, headers: { ...headers, ...length } };
    const request = httpRequest(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
      });
    });
    request.once('error', reject);
    request.setTimeout(60_000, () => request.destroy(new Error('no answer within 60 s')));
    request.end(body ?? undefined);
  });
}

const LONGEST_SHOWN = 8192;

/** The request as a line for a shell; `$KEY` stands for the key. */
export function curlOf(origin: string, { method, target, headers, body }: SentRequest): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  const named = Object.entries(headers).map(([name, value]) =>
    name === 'authorization' ? '-H "authorization: Bearer $KEY"' : `-H ${quoted(`${name}: ${value}`)}`,
  );
  const content = body?.toString('utf8') ?? '';
  const isPlain =
    body !== null && Buffer.from(content).equals(body) && !['\u0000', '\r'].some((one) => content.includes(one));
  const shown = body !== null && body.length > LONGEST_SHOWN ? `# ${body.length} bytes, cut: ` : '';
  const sent = isPlain
    ? ['--data-binary', quoted(content.slice(0, LONGEST_SHOWN))]
    : ['--data-binary', `@<(base64 -d <<< ${body?.subarray(0, LONGEST_SHOWN).toString('base64')})`];
  const parts = [
    'curl -sS --path-as-is -X',
    method,
    quoted(`${origin}${target}`),
    ...named,
    ...(body === null ? [] : sent),
  ];
  return `${shown}${parts.join(' ')}`;
}
