import type { FileExamination, ReadingPlan } from '#libs/contact-import';

/** How rows are read: kept with the import, so that a later run reads them in the same way. */
export interface ImportSettings {
  readonly plan: ReadingPlan;
  readonly integration: string | null;
  readonly country: string | null;
}

const FORMATS = { csv: 'CSV', vcard: 'vCards', 'json-lines': 'JSON lines' } as const;

/** What was understood of a file, in lines for people. */
export function describePlan(
  file: Pick<FileExamination, 'bytes' | 'head'>,
  { plan, integration, country }: ImportSettings,
): string[] {
  const size = `${(file.bytes / 1024).toLocaleString('en', { maximumFractionDigits: 1 })} KiB`;
  return [
    `${FORMATS[plan.format]}, ${size}, letters in ${plan.charset}`,
    ...(plan.format === 'csv' ? describeColumns(plan, integration !== null) : []),
    `External ids: ${integration === null ? 'not read (no --integration)' : `of ${integration}`}`,
    `Numbers without a country: ${country ?? 'left as they are (--country)'}`,
  ];
}

function describeColumns({ dialect }: Extract<ReadingPlan, { format: 'csv' }>, readsIds: boolean): string[] {
  const { separator, headerLine, columns } = dialect;
  const shown = separator === '\t' ? 'tab' : `"${separator}"`;
  const used = columns.filter(({ field }) => readsIds || field !== 'external_id');
  const names = used.map(
    ({ field, heading, index }) => `${field} = ${heading === null ? `column ${index + 1}` : `"${heading}"`}`,
  );
  return [
    `Separator ${shown}, ${headerLine === 0 ? 'no heading' : `heading in line ${headerLine}`}`,
    `Columns: ${names.join(', ')}`,
    ...(dialect.unused.length === 0 ? [] : [`Not read: ${dialect.unused.map((heading) => `"${heading}"`).join(', ')}`]),
  ];
}
