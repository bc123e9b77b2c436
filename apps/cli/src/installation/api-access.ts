import { Readable } from 'node:stream';
import type { Command } from 'commander';
import { failed, messageOf, succeeded, type CommandContext, type ExitCode, type Outcome } from '../context.js';
import { findInstallation } from './find-installation.js';

/** Where the Case API is, and a key of it. */
export interface ApiAccess {
  readonly url: string;
  readonly key: string;
}

/** What every command over the Case API takes. */
export interface ApiOptions {
  readonly url?: string;
  readonly key?: string;
  readonly json?: boolean;
}

/** Adds those options. */
export function overApi(command: Command): Command {
  return command
    .option('--url <url>', 'the Case API; the running standalone’s unless told')
    .option('--key <key>', 'its API key; better in CASEWRIGHT_API_KEY, where other users cannot see it')
    .option('--json', 'as JSON');
}

/** Lets `work` use the Case API; without an address or a key says why and ends with 1. */
export async function withApi(
  context: CommandContext,
  options: ApiOptions,
  work: (access: ApiAccess) => Promise<ExitCode>,
): Promise<ExitCode> {
  const access = await findApi(context, options);
  if (access.ok) {
    return work(access.value);
  }
  context.terminal.error(access.reason);
  return 1;
}

/** Address and key as the options give them; the running standalone's where they say nothing. */
export async function findApi(
  context: CommandContext,
  options: Pick<ApiOptions, 'url' | 'key'>,
): Promise<Outcome<ApiAccess>> {
  if (options.url !== undefined && !/^https?:\/\/[^\s]+$/.test(options.url)) {
    return failed(`"${options.url}" is no address: write it as http://127.0.0.1:3000.`);
  }
  const given = options.key ?? context.environment['CASEWRIGHT_API_KEY'];
  if (options.url !== undefined && given !== undefined) {
    return succeeded({ url: options.url, key: given });
  }
  const installation = await findInstallation(context.environment);
  const connection = installation.ok ? installation.value.connection : null;
  const url = options.url ?? connection?.httpUrl;
  if (url === undefined) {
    return failed('No standalone runs here: start it with "npm start", or name the Case API with --url.');
  }
  const isLocal = connection !== null && new URL(connection.httpUrl).origin === new URL(url).origin;
  const key = given ?? (isLocal ? connection.apiKey : null);
  return key === null
    ? failed('The Case API needs a key: set CASEWRIGHT_API_KEY, or give --key.')
    : succeeded({ url, key });
}

/** The part of a problem that is told. */
interface ProblemAnswer {
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** Each part that is wrong, where the API names parts. */
function sentenceOf({ detail, errors = [] }: ProblemAnswer): string | undefined {
  return errors.length < 2 ? detail : errors.map((one) => `${one.pointer}: ${one.detail}`).join('; ');
}

const PATIENCE_MS = 15_000;

export type ApiMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What goes with a request. */
interface Sent {
  /** As JSON. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Bytes as they are, instead; they may take as long as they take, until `signal` is aborted. */
  readonly content?: { readonly bytes: Readable; readonly signal: AbortSignal };
  /** `agent:…`, for whom it is done. */
  readonly onBehalfOf?: string;
}

/** One request; the reason of a failure is what the API said, or that it cannot be reached. */
export async function callApi<Answer>(
  access: ApiAccess,
  method: ApiMethod,
  path: string,
  { body, content, onBehalfOf }: Sent = {},
): Promise<Outcome<Answer>> {
  const headers: Record<string, string> = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(content === undefined ? {} : { 'content-type': 'application/octet-stream' }),
    ...(onBehalfOf === undefined ? {} : { 'on-behalf-of': onBehalfOf }),
  };
  try {
    const response = await fetch(new URL(path, access.url), {
      method,
      headers: { authorization: `Bearer ${access.key}`, accept: 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(content === undefined ? {} : { body: Readable.toWeb(content.bytes) as ReadableStream, duplex: 'half' }),
      signal: content?.signal ?? AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.ok) {
      return succeeded((response.status === 204 ? undefined : await response.json()) as Answer);
    }
    const problem = (await response.json().catch(() => ({}))) as ProblemAnswer;
    return failed(`${access.url} answered ${response.status}: ${sentenceOf(problem) ?? response.statusText}`);
  } catch (error) {
    return failed(`${access.url} cannot be reached: ${messageOf(error)}.`);
  }
}
