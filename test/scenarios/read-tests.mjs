/** Reads the names of tests out of spec files, and the numbers of the scenarios that they begin with. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const FOLDERS = ['apps', 'libs', 'test'];
const CALLS = /^(it|test|describe)(?:\.(?:each|only|skip|todo|concurrent))*$/;
/** One number, a list of them, or a range: `9`, `1 and 2`, `22 to 24`, `77, I-1 to I-4 and F13`. */
const NUMBER = String.raw`(?:F|I-)?\d{1,2}`;
const NUMBERED = new RegExp(String.raw`^(${NUMBER}(?:(?:, | and | to )${NUMBER})*) (?!\d)`);

/**
 * A test of a spec file. `numbers` are those of its own name, or else of the next description around it that has any.
 * @typedef {{ file: string, line: number, name: string, numbers: string[], onEveryLog: boolean }} Test
 */

/** @returns {Test[]} every test of a tree, file by file */
export function readTests(root) {
  const files = FOLDERS.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.includes('node_modules'))
    .sort();
  return files.flatMap((file) => testsOf(relative(root, file), readFileSync(file, 'utf8')));
}

/** @returns {Test[]} the tests in the text of one spec file */
export function testsOf(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const tests = [];
  const visit = (node, around) => {
    const call = callOf(node);
    if (call?.isSkipped) {
      return;
    }
    if (call === null) {
      ts.forEachChild(node, (child) => visit(child, around));
      return;
    }
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    for (const { name, said } of call.names) {
      const numbers = numbersOf(said);
      const inherited = numbers.length > 0 ? numbers : around.numbers;
      const onEveryLog = around.onEveryLog || call.onEveryLog;
      if (call.verb === 'it') {
        tests.push({ file, line: line + 1, name, numbers: inherited, onEveryLog });
      } else {
        node.arguments.forEach((part) => visit(part, { numbers: inherited, onEveryLog }));
      }
    }
  };
  visit(source, { numbers: [], onEveryLog: false });
  return tests;
}

/** @returns {string[]} the numbers that a name begins with: `F13`, `9`, each of `22 to 24` */
export function numbersOf(name) {
  const [, list = ''] = NUMBERED.exec(name) ?? [];
  const words = list.split(/(, | and | to )/);
  return words.flatMap((word, place) => {
    if (place % 2 === 1 || word === '') {
      return [];
    }
    return words[place - 1] === ' to ' ? numbersBetween(words[place - 2], word) : [word];
  });
}

/** The numbers after the first one of a range, its last one included. */
function numbersBetween(first, last) {
  const [kind] = /^(?:F|I-)?/.exec(last);
  const [from, to] = [first, last].map((number) => Number(number.replace(/^(?:F|I-)/, '')));
  return Array.from({ length: Math.max(to - from, 0) }, (_, index) => `${kind}${from + index + 1}`);
}

/** `it('…')`, `it.each(…)('…')` and the same of `describe`; null for any other node. */
function callOf(node) {
  if (!ts.isCallExpression(node)) {
    return null;
  }
  const [title] = node.arguments;
  const table = ts.isCallExpression(node.expression) ? node.expression : null;
  const verb = (table ?? node).expression.getText();
  const [, word] = CALLS.exec(verb) ?? [];
  if (word === undefined || title === undefined || !ts.isStringLiteralLike(title)) {
    return null;
  }
  const rows = table?.arguments[0];
  return {
    verb: word === 'describe' ? 'describe' : 'it',
    // Whatever it is that is skipped for good: nobody ever sees it green.
    isSkipped: /\.(skip|todo)\b/.test(verb),
    names: /^%[sj]/.test(title.text) ? namesOfRows(title.text, rows) : [{ name: title.text, said: title.text }],
    onEveryLog: rows !== undefined && rows.getText().startsWith('logsUnderTest('),
  };
}

/** A name that begins with what its row says is one for each row; only what the row says is looked at for numbers. */
function namesOfRows(title, rows) {
  const table = rows !== undefined && ts.isArrayLiteralExpression(rows) ? rows.elements : [];
  const said = table.flatMap((row) => {
    const first = ts.isArrayLiteralExpression(row) ? row.elements[0] : row;
    return first !== undefined && ts.isStringLiteralLike(first)
      ? [{ name: title.replace(/^%[sj]/, () => first.text), said: first.text }]
      : [];
  });
  return said.length > 0 ? said : [{ name: title, said: title }];
}
