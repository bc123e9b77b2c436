import type { DeadLetter } from '#libs/case-store';
import { printableJson } from '../terminal.js';

/** Longest part of a value that is shown to people; --json shows all of it. */
const SHOWN_CHARACTERS = 4000;

/** A dead letter for programs: the value as text, or as base64 when it is no UTF-8. */
export function documentOf(letter: DeadLetter): object {
  return {
    ...letter,
    value: letter.value === null ? null : textOf(letter.value),
    valueBytes: letter.value?.length ?? 0,
  };
}

/** A dead letter for people, line by line. */
export function linesOf(letter: DeadLetter): string[] {
  const text = letter.value === null ? '(none)' : readable(letter.value);
  return [
    `Dead letter ${letter.id}, ${letter.state}`,
    `  record     ${letter.topic} ${letter.partition}/${letter.offset}, ${letter.timestamp.toISOString()}`,
    `  key        ${letter.key ?? '(none)'}`,
    `  group      ${letter.consumerGroup}`,
    `  reason     ${letter.reason}, while it was to ${letter.stage}`,
    `  error      ${letter.errorClass}: ${letter.message}`,
    `  attempts   ${letter.attempts}`,
    `  since      ${letter.createdAt.toISOString()}`,
    'Headers',
    ...Object.entries(letter.headers).map(([name, value]) => `  ${name}: ${value}`),
    `Value, ${letter.value?.length ?? 0} bytes`,
    ...text.slice(0, SHOWN_CHARACTERS).split('\n'),
    ...(text.length > SHOWN_CHARACTERS ? ['(cut; --json shows all of it)'] : []),
  ];
}

function readable(value: Buffer): string {
  const text = value.toString('utf8');
  try {
    return printableJson(JSON.parse(text), 2);
  } catch {
    return text;
  }
}

function textOf(value: Buffer): string | { readonly base64: string } {
  const text = value.toString('utf8');
  return Buffer.from(text).equals(value) ? text : { base64: value.toString('base64') };
}
