import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const FILES = ['call-bar.ts', 'index.html'].map((name) => `examples/callbar/${name}`);

describe('the example of a call bar', () => {
  it('is right by its types in a browser, without anything else', () => {
    const options: ts.CompilerOptions = {
      strict: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ES2022,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
      types: [],
    };
    const found = ts.getPreEmitDiagnostics(ts.createProgram([FILES[0]!], options));
    expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  });

  it('is short, asks for no package and compares whole origins', () => {
    const [client = '', page = ''] = FILES.map((file) => readFileSync(file, 'utf8'));
    expect(`${client}${page}`.split('\n').length).toBeLessThan(300);
    expect(client).not.toMatch(/^import /m);
    expect(client).toContain('new URL(frame.src).origin');
    expect(client).not.toMatch(/startsWith|indexOf/);
  });
});
