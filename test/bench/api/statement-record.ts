/** A statement as it was sent to the database. */
export interface SentStatement {
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** One line of text for a statement; bytes keep what they are. */
export function lineOf(statement: SentStatement): string {
  const written = JSON.stringify(statement, (_, value: unknown) => {
    return value !== null && typeof value === 'object' && 'type' in value && value.type === 'Buffer' && 'data' in value
      ? { bytes: Buffer.from(value.data as number[]).toString('base64') }
      : value;
  });
  return `${written}\n`;
}

export function statementsOf(lines: string): SentStatement[] {
  const statements = lines.split('\n').filter((line) => line !== '');
  return statements.map((line) => {
    return JSON.parse(line, (_, value: unknown) => {
      return value !== null && typeof value === 'object' && 'bytes' in value
        ? Buffer.from(String(value.bytes), 'base64')
        : value;
    }) as SentStatement;
  });
}
