import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { tracesOf } from '#libs/case-domain';
import { dangerOf } from './expressions/ambiguity.js';
import { expressionsIn } from './expressions/expressions-in.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Files whose one expression may try a text in several ways, or is made where it runs; each with its reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'apps/standalone/src/sample-day.ts': 'polynomial: reads the mails of our own sample day',
  'apps/email/src/rules/automatic/notifications.ts': 'polynomial: is given 320 characters at most',
  'libs/telephony/src/twilio/signature.ts': 'polynomial: cannot fail behind the scheme, so that nothing is tried twice',
  'libs/case-domain/src/erasure/traces.ts': 'made where it runs: what it is made of is examined below',
  'libs/directories/src/hubspot/signature.ts': 'made where it runs: of the escapes that the file lists',
};

function sourcesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && !name.includes('node_modules'))
    .map((name) => join(folder, name).replaceAll('\\', '/'));
}

describe('the regular expressions of this repository', () => {
  const found = [...sourcesIn('apps'), ...sourcesIn('libs')].flatMap((file) =>
    expressionsIn(readFileSync(join(ROOT, file), 'utf8')).map((expression) => ({ file, ...expression })),
  );

  it('try no text in so many ways that it holds a thread up', () => {
    const dangerous = found.flatMap((expression) => {
      const danger = expression.source === null ? 'made where it runs' : dangerOf(expression.source, expression.flags);
      return danger === null ? [] : [{ file: expression.file, danger, text: expression.text }];
    });
    const unknown = dangerous.filter(({ file, danger }) => !(EXCEPTIONS[file] ?? '').startsWith(`${danger}:`));
    expect(found.length).toBeGreaterThan(700);
    expect(unknown).toEqual([]);
    expect(dangerous.map(({ file }) => file).sort()).toEqual(Object.keys(EXCEPTIONS).sort());
  });

  it('nor do those that a person’s names, addresses and numbers are looked for with', () => {
    const { all } = tracesOf({
      names: ['María da Silva', 'A. B.-C. (x)'],
      emails: ['maria+a.b@loja.example'],
      phones: ['+351910000001', '2020202020'],
      keys: ['crm-100'],
    });
    expect(dangerOf(all ?? '', 'gi')).toBeNull();
  });
});

describe('what is found dangerous', () => {
  it.each([
    String.raw`(a+)+$`,
    String.raw`(a|a)*b`,
    String.raw`(a*)*b`,
    String.raw`(x*y*)*z`,
    String.raw`(\d{1,9}|[0-9a-f]{3,8})*!`,
    String.raw`^([a-z]{3,20}|\s){1,9}$`,
    String.raw`(?:[\s.]|\u00a0)*1`,
    String.raw`^(([a-z])+.)+[A-Z]$`,
    String.raw`(?=(a+)+b)`,
  ])('exponential: %s', (source) => expect(dangerOf(source, 'i')).toBe('exponential'));

  it.each([String.raw`^\s*\n*\s*x`, String.raw`^.*a.*b$`, String.raw`^[^@]+@[^@]+\.[^@]+$`])(
    'polynomial: %s',
    (source) => expect(dangerOf(source, '')).toBe('polynomial'),
  );

  it.each([
    String.raw`^(\d{1,4}(\.\d{1,4})?(px|pt)?)$`,
    String.raw`^(a+b)+$`,
    String.raw`(?:[ ./]{0,2}\d){4,20}`,
    String.raw`^"(?:[^"\\]|\\.)*"$`,
    String.raw`^\s*x\s*$`,
  ])('neither: %s', (source) => expect(dangerOf(source, '')).toBeNull());
});
