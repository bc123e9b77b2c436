import { fitted, printableJson } from '../terminal.js';

/** The part of the API's answers that is shown. */
export interface DeliveryAnswer {
  readonly id: string;
  readonly received_at: string;
  readonly connection: string;
  readonly path: string;
  readonly content_type: string | null;
  readonly bytes: number;
  readonly verdict: string;
  readonly answer: number;
  readonly milliseconds: number;
  readonly state: string | null;
  readonly reason: string | null;
  readonly findings: readonly { readonly reason: string; readonly about: string | null; readonly advice: string }[];
  readonly interactions: readonly {
    readonly id: string;
    readonly state: string;
    readonly case: { readonly number: number } | null;
  }[];
  readonly signed_address: string | null;
  readonly event_ids: readonly string[];
  readonly replayed_at: string | null;
  readonly redacted_at: string | null;
}

export interface DeliveryDetailAnswer extends DeliveryAnswer {
  readonly body: unknown;
  readonly beginning: string | null;
}

export const HEADING = ['ID', 'RECEIVED', 'CONNECTION', 'ANSWER', 'BECAME', 'REASON'];

export function rowOf(one: DeliveryAnswer): string[] {
  return [one.id, one.received_at, one.connection, String(one.answer), becameOf(one), fitted(one.reason ?? '', 60)];
}

/** Its state and its cases; the verdict of what was not taken. */
export function becameOf({ state, verdict, interactions }: DeliveryAnswer): string {
  const numbers = interactions.flatMap((one) => (one.case === null ? [] : [`CASE-${one.case.number}`]));
  return [state ?? verdict, ...new Set(numbers)].join(' ');
}

/** One request, a line for each thing that is known. */
export function detailLines(one: DeliveryDetailAnswer): string[] {
  const { answer, milliseconds, bytes, content_type: type } = one;
  return [
    `${one.id}  ${one.received_at}`,
    line('connection', one.connection),
    line('request', `${one.path}, ${bytes} bytes${type === null ? '' : ` of ${type}`}`),
    line('answer', `${answer} after ${milliseconds} ms: ${one.verdict}`),
    ...told('signed over', one.signed_address),
    ...one.event_ids.map((id) => line('event', id)),
    line('became', becameOf(one)),
    ...one.findings.flatMap(({ reason, about, advice }) => [
      line('reason', about === null ? reason : `${reason}: ${about}`),
      line('to do', advice),
    ]),
    ...one.interactions.map(({ id, state }) => line('interaction', `${id} ${state}  (casewright explain ${id})`)),
    ...told('replayed', one.replayed_at),
    ...told('redacted', one.redacted_at),
    ...told('begins', one.beginning === null ? null : JSON.stringify(one.beginning)),
    ...(one.body === null ? [] : printableJson(one.body, 2).split('\n')),
  ];
}

function told(name: string, value: string | null): string[] {
  return value === null ? [] : [line(name, value)];
}

function line(name: string, value: string): string {
  return `  ${name.padEnd(12)}${value}`;
}
