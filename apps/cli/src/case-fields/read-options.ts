import { failed, succeeded, type Outcome } from '../context.js';

/** A choice of a field as the Case API takes it. */
export interface FieldOption {
  readonly key: string;
  readonly label: string;
  readonly children: FieldOption[];
}

/**
 * Reads choices that are written as `key=Label`, those of further levels as `above/key=Label` after the one above them.
 * What is no key is for the API to say.
 */
export function readFieldOptions(written: readonly string[]): Outcome<FieldOption[]> {
  const top: FieldOption[] = [];
  for (const text of written) {
    const [, path = '', label = ''] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
    const above = path.split('/');
    const key = above.pop() ?? '';
    const level = levelOf(top, above);
    if (path === '' || level === null) {
      const why = path === '' ? 'write it as key=Label' : `name ${above.join('/')} before it`;
      return failed(`"${text}" is no choice: ${why}.`);
    }
    level.push({ key, label, children: [] });
  }
  return succeeded(top);
}

function levelOf(top: FieldOption[], above: readonly string[]): FieldOption[] | null {
  return above.reduce<FieldOption[] | null>(
    (level, key) => level?.find((option) => option.key === key)?.children ?? null,
    top,
  );
}

/** How many choices there are, on all levels. */
export function countOptions(options: readonly Pick<FieldOption, 'children'>[]): number {
  return options.reduce((count, { children }) => count + 1 + countOptions(children), 0);
}
