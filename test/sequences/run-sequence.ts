import type { Agent } from 'node:http';
import type { Pool } from 'pg';
import { exchange } from '../fuzz/send.js';
import { expectedOf } from './expectation.js';
import { type Expected, expectedOfCreation, type Modelled } from './model.js';
import { type CommandRequest, requestOf } from './requests.js';
import { lineOf, type Step } from './steps.js';
import { type Stored, storedCases } from './stored.js';

/** The service that sequences are run against. */
export interface SequencedService {
  readonly origin: string;
  readonly key: string;
  readonly pool: Pool;
  readonly agent: Agent;
  /** Six days pass, and the timer closes what is due. */
  readonly passDays: () => Promise<unknown>;
}

/** A command that came to something else than the model says. */
export interface Deviation {
  readonly lines: readonly string[];
  readonly said: string;
}

interface Answered {
  readonly status: number;
  readonly etag: string | undefined;
  readonly body: { readonly id?: string; readonly code?: string; readonly version?: number };
}

const MOST_CASES = 8;
const NO_LINK = '0199a3c2-6f5e-7c1d-9b7a-000000000000';

/** Runs one sequence on cases of its own; null when all came as the model says. */
export class SequenceRun {
  private readonly cases = new Map<string, Modelled>();
  private stored = new Map<string, Stored>();
  /** Ids of the links between two cases. */
  private readonly links = new Map<string, string>();
  private readonly lines: string[] = [];

  constructor(private readonly service: SequencedService) {}

  async run(steps: readonly Step[]): Promise<Deviation | null> {
    for (const [turn, step] of steps.entries()) {
      const said = await this.take(step, turn);
      if (said !== null) {
        return { lines: this.lines, said };
      }
    }
    return null;
  }

  private async take(step: Step, turn: number): Promise<string | null> {
    const about = this.at(step.which);
    const other = 'other' in step ? this.at(step.other ?? 0) : null;
    if (step.act === 'create' ? this.cases.size >= MOST_CASES : about === null) {
      return null;
    }
    const expected = this.expected(step, about, other, turn);
    const pair = [about?.id, other?.id].sort().join();
    const request = requestOf(step, about, other, this.links.get(pair) ?? NO_LINK);
    const answered = request === null ? await this.passDays() : await this.send(request, step, about);
    this.lines.push(`${lineOf(step)} → ${answered.status} ${answered.body.code ?? ''}`);
    const differs = differenceOf(expected, answered);
    if (differs !== null) {
      return differs;
    }
    if (step.act === 'relate' && answered.body.id !== undefined) {
      this.links.set(pair, answered.body.id);
    }
    const changed = 'refused' in expected ? [] : expected.changed;
    for (const one of changed) {
      const id = one.id === 'new' ? (answered.body.id ?? '') : one.id;
      this.cases.set(id, { ...one, id });
    }
    return this.look(
      changed.map(({ id }) => (id === 'new' ? (answered.body.id ?? '') : id)),
      answered,
    );
  }

  private expected(step: Step, about: Modelled | null, other: Modelled | null, turn: number): Expected {
    return step.act === 'create'
      ? expectedOfCreation(step, this.cases, other)
      : expectedOf(step, about as Modelled, this.cases, other, turn);
  }

  /** Every case of the sequence is in the tables as in the model, and what was not to change is the same to the byte. */
  private async look(changed: readonly string[], { etag, body }: Answered): Promise<string | null> {
    const now = await storedCases(this.service.pool, [...this.cases.keys()]);
    for (const [id, { trashed, ...rest }] of this.cases) {
      const stored = now.get(id);
      const differs = fieldsThatDiffer({ ...rest, isTrashed: trashed !== null }, stored?.facts ?? {});
      if (differs.length > 0) {
        return `#${this.placeOf(id)} is not as it should be: ${differs.join(', ')}`;
      }
      if (stored?.events[0] !== rest.version || stored.events[1] !== rest.version) {
        return `#${this.placeOf(id)} has version ${rest.version} and events ${stored?.events.join(' up to ')}`;
      }
      if (!changed.includes(id) && stored.bytes !== this.stored.get(id)?.bytes) {
        return `#${this.placeOf(id)} was touched`;
      }
    }
    this.stored = now;
    const version = body.id === undefined ? undefined : this.cases.get(body.id)?.version;
    return version === undefined || etag === `"${version}"` ? null : `the ETag is ${etag} for version ${version}`;
  }

  private async send(
    { method, path, body }: CommandRequest,
    { seen }: Step,
    about: Modelled | null,
  ): Promise<Answered> {
    const version = seen === 'current' ? about?.version : (about?.version ?? 0) + 1;
    const headers = {
      authorization: `Bearer ${this.service.key}`,
      ...(body === null ? {} : { 'content-type': 'application/json' }),
      ...(seen === 'anything' ? {} : { 'if-match': `"${version}"` }),
    };
    const bytes = body === null ? null : Buffer.from(JSON.stringify(body));
    const sent = { method, target: path, headers, body: bytes, path: [] };
    const answer = await exchange(this.service.origin, sent, this.service.agent);
    const { etag } = answer.headers;
    return {
      status: answer.status,
      etag: etag as string | undefined,
      body: (answer.body.length === 0 ? {} : JSON.parse(answer.body.toString())) as Answered['body'],
    };
  }

  private async passDays(): Promise<Answered> {
    await this.service.passDays();
    return { status: 200, etag: undefined, body: {} };
  }

  private at(which: number): Modelled | null {
    return [...this.cases.values()][which % Math.max(this.cases.size, 1)] ?? null;
  }

  private placeOf(id: string): number {
    return [...this.cases.keys()].indexOf(id);
  }
}

function differenceOf(expected: Expected, { status, body }: Answered): string | null {
  if ('refused' in expected) {
    const isRefused = status >= 400 && status < 500 && expected.refused.includes(body.code ?? '');
    return isRefused
      ? null
      : `expected to be refused by ${expected.refused.join(' or ')}, came to ${status} ${body.code ?? ''}`;
  }
  const isDone = status === 200 || status === 201 || status === 204;
  return isDone ? null : `expected to be done, came to ${status} ${JSON.stringify(body)}`;
}

function fieldsThatDiffer(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(one)
    .filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]))
    .map((name) => `${name} ${JSON.stringify(other[name])} instead of ${JSON.stringify(one[name])}`);
}
