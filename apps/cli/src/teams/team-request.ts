import type { CommandContext, ExitCode } from '../context.js';
import { type ApiMethod, type ApiOptions, callApi, withApi } from '../installation/api-access.js';

/** One request about an agent or a group, and how people read its answer. */
export interface TeamRequest<Answer> {
  readonly method: ApiMethod;
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly sentenceOf: (answer: Answer) => string;
  /** What is said where the API answers with nothing. */
  readonly done?: string;
}

/** Sends it and prints the answer, as a sentence or as JSON. */
export async function requestTeam<Answer>(
  context: CommandContext,
  options: ApiOptions,
  { method, path, body, sentenceOf, done = 'done' }: TeamRequest<Answer>,
): Promise<ExitCode> {
  const { terminal } = context;
  return withApi(context, options, async (access) => {
    const answer = await callApi<Answer | undefined>(access, method, path, body === undefined ? {} : { body });
    if (!answer.ok) {
      terminal.error(answer.reason);
      return 1;
    }
    if (answer.value === undefined) {
      terminal.line(done);
    } else if (options.json === true) {
      terminal.json(answer.value);
    } else {
      terminal.line(sentenceOf(answer.value));
    }
    return 0;
  });
}

/** An agent as the API calls it: by its address, unless it is called by its id. */
export function agentName(text: string): string {
  return text.includes('@') && !text.startsWith('email:') ? `email:${text}` : text;
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A group as the API calls it: by its name, unless it is called by its id. */
export function groupName(text: string): string {
  return ID.test(text) || text.startsWith('name:') ? text : `name:${text}`;
}

/** What happened to the cases of who leaves; empty when nothing did. */
export function releasedWords(released: number | undefined, flagged: number | undefined): string {
  const cases = released === undefined ? '' : `, ${released} cases given away`;
  return flagged === undefined || flagged === 0 ? cases : `${cases}, ${flagged} tasks to take over`;
}
