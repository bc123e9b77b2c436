import type { Command } from 'commander';
import type { CommandContext, ExitCode } from '../context.js';
import { callApi, overApi, withApi, type ApiOptions } from '../installation/api-access.js';
import { type CaseAnswer, oneLine } from './case-answer.js';
import { casePath } from './case-path.js';

/** What every command that changes a case takes. */
export interface WriteOptions extends ApiOptions {
  readonly as?: string;
}

export type Body = Readonly<Record<string, unknown>>;

/** A command that changes a case. */
export function changing(command: Command): Command {
  return overApi(command).option(
    '--as <agent>',
    'on behalf of: agent:email:ana@acme.example; the key must be allowed to',
  );
}

interface Asked<Answer> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: Body | undefined;
  readonly say: (terminal: CommandContext['terminal'], answer: Answer) => void;
}

/** What is said of the case that was answered. */
export type Say = (terminal: CommandContext['terminal'], one: CaseAnswer) => void;

export const sayLine: Say = (terminal, one) => terminal.line(oneLine(one));

interface Change {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Of the case. */
  readonly name: string;
  /** Behind the path of the case. */
  readonly verb?: string;
  readonly body?: Body;
  readonly say: Say;
}

/** One request about one case; 2 when the argument names none. */
export async function change(context: CommandContext, options: WriteOptions, change: Change): Promise<ExitCode> {
  const { terminal } = context;
  const path = casePath(change.name);
  if (!path.ok) {
    terminal.error(path.reason);
    return 2;
  }
  const { method, verb, body, say } = change;
  const target = verb === undefined ? path.value : `${path.value}/${verb}`;
  return request<CaseAnswer>(context, options, { method, path: target, body, say });
}

/** One request to the API; what it answered is said, or printed as JSON. */
export async function request<Answer>(
  context: CommandContext,
  options: WriteOptions,
  { method, path, body, say }: Asked<Answer>,
): Promise<ExitCode> {
  const { terminal } = context;
  return withApi(context, options, async (access) => {
    const done = await callApi<Answer>(access, method, path, { body, onBehalfOf: options.as });
    if (!done.ok) {
      terminal.error(done.reason);
      return 1;
    }
    if (options.json === true) {
      terminal.json(done.value);
    } else {
      say(terminal, done.value);
    }
    return 0;
  });
}

/** A member of a body or a query, when there is something to say. */
export function told(name: string, value: string | undefined): Readonly<Record<string, string>> {
  return value === undefined ? {} : { [name]: value };
}
