/**
 * Rows as one text, which the database splits: half of what reading them as JSON costs it. The separators of ASCII stand in no
 * column: JSON escapes them, and `storable` replaces them.
 */
const COLUMN = '\u001f';
const ROW = '\u001e';
/** In the place of null. */
export const ABSENT = '\u001d';

/** One row. */
export function rowOf(columns: readonly string[]): string {
  return columns.join(COLUMN);
}

/** All rows of a statement. */
export function textOfRows(rows: readonly string[]): string {
  return rows.join(ROW);
}

/** The literal of an array (PostgreSQL manual, 8.15). */
export function arrayOf(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${/["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`).join(',')}}`;
}

/** `select … from`, with what `textOfRows` wrote in the parameter: one array of texts a row, in `columns`. */
export function selectRows(parameter: string, columns: readonly (readonly [name: string, type: string])[]): string {
  const cells = columns.map(([name, type], index) => `cells[${index + 1}]::${type} as ${name}`);
  return `
    select ${cells.join(', ')}
    from (
      select string_to_array(line, E'\\x1f', E'\\x1d') as cells
      from string_to_table(${parameter}::text, E'\\x1e') as line
      -- Or it would be split anew for each of its columns.
      offset 0
    ) as split`;
}
