import type { ApiDocument, Operation, Schema } from './document.js';
import { kindOf, kindOfSchema } from './kinds.js';
import { States } from './states.js';
import { type Known, VALUES_OF_REQUIRED_FIELDS } from './template.js';

/** Enough that old and new things are among them. */
const MOST = 400;
const DEEPEST = 12;
/** Every so many things are taken whatever they say of themselves. */
const ANY_OF = 8;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Kinds whose names are no ids. */
const NAMED_OTHERWISE = ['sha256', 'email', 'mailbox'];
/** Of a field of cases by its type; the others cannot be told without their options. */
const VALUES: Readonly<Record<string, unknown>> = {
  ...{ checkbox: true, text: 'lamp', multi_line_text: 'lamp', numeric: 1, decimal: 1.5, date: '2026-03-02' },
};

/** What exists, as the answers have told: ids by kind, and what stands within each thing. */
export class Knowledge {
  private readonly byKind = new Map<string, string[]>();
  private readonly within = new Map<string, Map<string, string[]>>();
  private readonly versions = new Map<string, number>();
  private readonly states = new States();
  /** Fields without which no case is resolved, by id, each with a value. */
  private readonly requiredFields = new Map<string, readonly [key: string, value: unknown]>();
  /** Cursors that an answer has named, newest last. */
  readonly cursors: string[] = [];

  constructor(private readonly document: ApiDocument) {}

  /** Learns from an answer of success to an operation on a path with these parameters. */
  learn(operation: Operation, status: number, body: unknown, path: readonly string[]): void {
    const [schema] = Object.values(operation.answers[status]?.schemas ?? {});
    this.walk(body, schema ?? {}, { kind: null, owners: path, depth: 0 });
  }

  /** Learns from a problem: what is not there is named no more, and what is through seldom. */
  learnProblem(code: string, path: readonly string[]): void {
    const id = path.at(-1) ?? '';
    if (code === 'not-found' || code === 'purged') {
      this.forget(id);
    } else {
      this.states.learnProblem(id, code);
    }
  }

  /** Learns that the request has taken these for good. */
  use(ids: readonly string[]): void {
    ids.forEach((id) => this.states.say(id, 'used'));
  }

  private forget(id: string): void {
    this.requiredFields.delete(id);
    for (const ids of [this.byKind, ...this.within.values()].flatMap((lists) => [...lists.values()])) {
      const place = ids.indexOf(id);
      if (place >= 0) {
        ids.splice(place, 1);
      }
    }
  }

  /** Adds what no answer tells. */
  add(kind: string, id: string, owners: readonly string[] = []): void {
    remember(this.byKind, kind, id);
    for (const owner of owners) {
      const own = this.within.get(owner) ?? new Map<string, string[]>();
      this.within.set(owner, own);
      remember(own, kind, id);
    }
  }

  /** The id that is meant: of what stands within the owner, when there is such a thing. */
  find({ kind, pick, otherwise, states }: Known, owner?: string): string {
    if (kind === VALUES_OF_REQUIRED_FIELDS) {
      return JSON.stringify(Object.fromEntries(this.requiredFields.values()));
    }
    const own = owner === undefined ? undefined : this.within.get(owner)?.get(kind);
    const all = own ?? this.byKind.get(kind) ?? [];
    const fitting = pick % ANY_OF === 0 ? [] : this.states.fitting(all, states);
    const ids = fitting.length === 0 ? all : fitting;
    // The newer half is named as often as all of them.
    const from = pick % 2 === 0 ? Math.floor(ids.length / 2) : 0;
    return ids[from + (Math.floor(pick / 2) % Math.max(ids.length - from, 1))] ?? otherwise;
  }

  versionOf(id: string): number {
    return this.versions.get(id) ?? 1;
  }

  private walk(value: unknown, schema: Schema, at: { kind: string | null; owners: readonly string[]; depth: number }) {
    if (typeof value !== 'object' || value === null || at.depth > DEEPEST) {
      return;
    }
    const { kind, schema: own } = this.schemaOf(schema, at.kind);
    if (Array.isArray(value)) {
      const items = (own['items'] ?? {}) as Schema;
      value.forEach((one) => this.walk(one, items, { ...at, kind, depth: at.depth + 1 }));
      return;
    }
    const members = value as Readonly<Record<string, unknown>>;
    const { id, version } = members;
    const owners = typeof id === 'string' ? [...at.owners, id] : at.owners;
    if (typeof id === 'string' && kind !== null) {
      this.add(kind === 'person' ? String(members['kind']) : kind, id, at.owners);
      this.states.learn(id, members);
    }
    if (kind === 'case_field') {
      this.noteField(members);
    }
    if (typeof id === 'string' && typeof version === 'number') {
      this.versions.set(id, version);
    }
    for (const [name, inner] of Object.entries(members)) {
      this.note(name, inner, owners);
      const properties = (own['properties'] ?? {}) as Readonly<Record<string, Schema>>;
      this.walk(inner, properties[name] ?? {}, { kind: null, owners, depth: at.depth + 1 });
    }
  }

  private noteField({ id, key, type, required, active }: Readonly<Record<string, unknown>>): void {
    const value = VALUES[String(type)];
    if (required === true && active !== false && value !== undefined) {
      this.requiredFields.set(String(id), [String(key), value]);
    } else {
      this.requiredFields.delete(String(id));
    }
  }

  private note(name: string, value: unknown, owners: readonly string[]): void {
    const kind = kindOf(name);
    if (name === 'next_cursor' && typeof value === 'string') {
      this.cursors.push(value);
      this.cursors.splice(0, this.cursors.length - MOST);
    }
    for (const id of kind === null ? [] : [value].flat()) {
      if (typeof id === 'string' && (ID.test(id) || NAMED_OTHERWISE.includes(kind ?? ''))) {
        this.add(kind ?? '', id, owners);
      }
    }
  }

  /** Follows a reference; what it is called is what the value is. */
  private schemaOf(schema: Schema, kind: string | null): { kind: string | null; schema: Schema } {
    const [named] = [schema, ...((schema['anyOf'] ?? schema['allOf'] ?? []) as Schema[])].flatMap(({ $ref }) =>
      typeof $ref === 'string' ? [$ref.slice($ref.lastIndexOf('/') + 1)] : [],
    );
    return named === undefined
      ? { kind, schema }
      : { kind: kindOfSchema(named), schema: this.document.components.schemas[named] ?? {} };
  }
}

function remember(lists: Map<string, string[]>, kind: string, id: string): void {
  const ids = lists.get(kind) ?? [];
  lists.set(kind, ids);
  if (!ids.includes(id)) {
    ids.push(id);
    ids.splice(0, ids.length - MOST);
  }
}
