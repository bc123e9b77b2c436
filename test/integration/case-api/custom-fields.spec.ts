import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aWorldOfFields, MODEL } from './case-fields.js';
import { codesOf, pathOf, type CaseBody, type Problem } from './case-writer.js';

let fields: Awaited<ReturnType<typeof aWorldOfFields>>;
beforeAll(async () => {
  fields = await aWorldOfFields();
  const plain = ['checkbox', 'text', 'multi_line_text', 'numeric', 'decimal', 'date'];
  for (const type of plain) {
    await fields.create({ key: type, label: type, type, options: undefined });
  }
  await fields.create();
  await fields.create({ key: 'parts', label: 'Parts', type: 'multi_select' });
  const tree = [{ key: 'home', label: 'Home', children: MODEL.options }];
  await fields.create({ key: 'kind', label: 'Kind', type: 'dependent_field', options: tree });
});
afterAll(() => fields.world.close());

const EVERY_KIND = {
  checkbox: false,
  text: 'Ação',
  multi_line_text: 'one\ntwo',
  numeric: 9007199254740991,
  decimal: '12.50',
  date: '2026-02-28',
  model: 'lamp',
  parts: ['lamp', 'kettle'],
  kind: ['home', 'lamp'],
};
type Shown = CaseBody & Problem & { readonly custom_fields: Readonly<Record<string, unknown>> };
const create = (custom: unknown, more: object = {}) => fields.writer.create({ custom_fields: custom, ...more });
const shownOf = async (path: string) => (await fields.writer.send<Shown>(`GET ${path}`)).body.custom_fields;

describe('values of custom fields', () => {
  it('of all nine kinds are kept as they were written, and changed key by key', async () => {
    const path = pathOf(await create(EVERY_KIND));
    expect(await shownOf(path)).toEqual(EVERY_KIND);
    const patch = { custom_fields: { numeric: null, text: 'Ac\u0327a\u0303o', parts: ['kettle'] } };
    const { body } = await fields.writer.send<Shown>(`PATCH ${path}`, patch);
    const { numeric: _, ...others } = EVERY_KIND;
    expect(body.custom_fields).toEqual({ ...others, parts: ['kettle'] });
    expect(body.version).toBe(2);
    const same = await fields.writer.send<Shown>(`PATCH ${path}`, { custom_fields: body.custom_fields });
    expect([same.status, same.body.version]).toEqual([200, 2]);
  });

  it('that nothing can be are refused, all at once, and nothing is written', async () => {
    const { pool } = fields;
    const count = async () => (await pool.query<{ count: string }>('select count(*) from cases')).rows;
    const before = await count();
    const wrong = { colour: 'red', numeric: '7', text: 'a\u0000b', kind: ['home'], date: { $gt: 1 }, __proto__x: 1 };
    expect(codesOf(await create(wrong))).toEqual([
      422,
      'validation-failed',
      '/custom_fields/text validation-failed',
      '/custom_fields/date validation-failed',
    ]);
    expect(codesOf(await create({ colour: 'red', numeric: '7', kind: ['home'], 'a/b': 1 }))).toEqual([
      422,
      'validation-failed',
      '/custom_fields/colour unknown-field',
      '/custom_fields/numeric validation-failed',
      '/custom_fields/kind validation-failed',
      '/custom_fields/a~1b unknown-field',
    ]);
    expect(codesOf(await create({ colour: 'red' }))).toEqual([
      422,
      'unknown-field',
      '/custom_fields/colour unknown-field',
    ]);
    const hostile = `{"subject":"x","requester":{"email":"a@example.org"},"custom_fields":{"__proto__":{"a":1},"constructor":1}}`;
    const answer = await fields.writer.send<Problem>('POST /v1/cases', hostile);
    expect(answer.status).toBe(422);
    expect(await count()).toEqual(before);
  });

  it('of a field that is not used any more stay, and new ones are refused', async () => {
    const made = await fields.create({ key: 'old', label: 'Old', type: 'text', options: undefined });
    const path = pathOf(await create({ old: 'was' }));
    await fields.patch(made.body.id, { active: false });
    expect(codesOf(await create({ old: 'is' }))).toEqual([
      422,
      'validation-failed',
      '/custom_fields/old validation-failed',
    ]);
    const changed = await fields.writer.send<Shown>(`PATCH ${path}`, { custom_fields: { old: 'was', numeric: 1 } });
    expect(changed.body.custom_fields).toEqual({ old: 'was', numeric: 1 });
  });

  it('that are required hold a resolution up until they are there', async () => {
    const made = await fields.create({
      key: 'cause',
      label: 'Cause',
      type: 'text',
      options: undefined,
      required: true,
    });
    const path = pathOf(await create({}, { assignee_id: 'email:ana@acme.example' }));
    const resolve = (more: object = {}) =>
      fields.writer.send<Shown>(`POST ${path}/resolve`, { resolution: 'Done.', ...more });
    expect(codesOf(await resolve())).toEqual([422, 'field-required', '/custom_fields/cause field-required']);
    expect((await fields.writer.send(`GET ${path}`)).body).toMatchObject({ version: 1, status: 'open' });
    const { body } = await resolve({ custom_fields: { cause: 'A fuse.' } });
    expect(body).toMatchObject({ status: 'resolved', version: 2, custom_fields: { cause: 'A fuse.' } });
    const followUp = await create({ numeric: 3 }, { follow_up_of_id: body.id });
    expect(await shownOf(pathOf(followUp))).toEqual({ cause: 'A fuse.', numeric: 3 });
    await fields.patch(made.body.id, { required: false });
  });
});

describe('the list of cases by custom fields', () => {
  it('finds what has all of the values, any of several choices', async () => {
    const one = await create({ ...EVERY_KIND, text: 'findable, yes', numeric: 41 });
    const other = await create({ text: 'findable, yes', model: 'kettle', kind: ['home', 'kettle'], checkbox: true });
    const idsOf = async (query: string) => {
      const { body } = await fields.writer.send<{ data: CaseBody[] }>(`GET /v1/cases?cf.text=findable,%20yes&${query}`);
      return body.data.map(({ id }) => (id === one.body.id ? 'one' : id === other.body.id ? 'other' : id)).sort();
    };
    expect(await idsOf('')).toEqual(['one', 'other']);
    expect(await idsOf('cf.model=lamp')).toEqual(['one']);
    expect(await idsOf('cf.model=lamp,kettle')).toEqual(['one', 'other']);
    expect(await idsOf('cf.model=lamp,kettle&cf.checkbox=true')).toEqual(['other']);
    expect(await idsOf('cf.kind=kettle')).toEqual(['other']);
    expect(await idsOf('cf.parts=kettle&cf.numeric=41&cf.decimal=12.50&cf.date=2026-02-28')).toEqual(['one']);
    expect(await idsOf('cf.numeric=42')).toEqual([]);
  });

  it('says which field is not known, and what is no value', async () => {
    const of = async (query: string) => codesOf(await fields.writer.send<Problem>(`GET /v1/cases?${query}`));
    expect(await of('cf.colour=red')).toEqual([422, 'unknown-field', '/query/cf.colour unknown-field']);
    expect(await of('cf.numeric=x&cf.checkbox=1')).toEqual([
      422,
      'validation-failed',
      '/query/cf.checkbox validation-failed',
      '/query/cf.numeric validation-failed',
    ]);
    expect(await of('cf.text=')).toEqual([422, 'validation-failed', '/query/cf.text validation-failed']);
    expect((await of('cf.text=a&cf.text=b'))[0]).toBe(400);
  });
});
