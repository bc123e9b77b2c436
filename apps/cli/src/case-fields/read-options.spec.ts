import { describe, expect, it } from '@jest/globals';
import { countOptions, readFieldOptions } from './read-options.js';

describe('the choices of a field', () => {
  it('are read in their order, with those of further levels below them', () => {
    const read = readFieldOptions([
      'home=At home',
      'home/table=Table = lamp',
      'home/table/small=Small',
      'work=At work',
    ]);
    const small = { key: 'small', label: 'Small', children: [] };
    const table = { key: 'table', label: 'Table = lamp', children: [small] };
    const options = [
      { key: 'home', label: 'At home', children: [table] },
      { key: 'work', label: 'At work', children: [] },
    ];
    expect(read).toEqual({ ok: true, value: options });
    expect(countOptions(options)).toBe(4);
  });

  it.each([
    [['home'], '"home" is no choice: write it as key=Label.'],
    [['=Home'], '"=Home" is no choice: write it as key=Label.'],
    [['home/table=Table'], '"home/table=Table" is no choice: name home before it.'],
  ])('%j are refused with what to do', (written, reason) => {
    expect(readFieldOptions(written)).toEqual({ ok: false, reason });
  });
});
