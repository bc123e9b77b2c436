import { resolve } from 'node:path';
import { readMap, type ReadingWishes } from '#libs/contact-import';
import { isUuid } from '#libs/interaction';
import { failed, succeeded, type Outcome } from '../../context.js';

/** The options of `contacts import`, as they were typed. */
export interface ImportOptions {
  readonly dryRun?: boolean;
  readonly integration?: string;
  readonly idColumn?: string;
  readonly map?: string;
  readonly separator?: string;
  readonly encoding?: string;
  readonly country?: string;
  readonly report?: string;
  readonly resume?: string;
}

/** What is to be imported, and how. */
export interface ImportWishes {
  readonly file: string;
  readonly isDryRun: boolean;
  readonly integration: string | null;
  /** ISO 3166; null: that of the account. */
  readonly country: string | null;
  readonly reading: ReadingWishes;
  readonly report: string | null;
  /** Id of an import to go on with. */
  readonly resume: string | null;
}

/** The options, checked; or the one sentence that says what makes no sense. */
export function readImportWishes(file: string, options: ImportOptions): Outcome<ImportWishes> {
  const wrong = wrongWith(file, options);
  if (wrong !== null) {
    return failed(wrong);
  }
  const map = options.map === undefined ? { ok: true as const, value: [] } : readMap(options.map);
  if (!map.ok) {
    return map;
  }
  const { integration = null, idColumn, separator, encoding = null, country, report = null, resume = null } = options;
  const ids = idColumn === undefined ? [] : [{ field: 'external_id' as const, column: idColumn }];
  return succeeded({
    file,
    isDryRun: options.dryRun === true,
    integration,
    country: country?.toUpperCase() ?? null,
    reading: {
      separator: separator === undefined ? null : separator.replace(/^(\\t|tab)$/i, '\t'),
      encoding,
      map: [...ids, ...map.value],
      hasIntegration: integration !== null,
    },
    report,
    resume: resume?.toLowerCase() ?? null,
  });
}

const OF_THE_FIRST_RUN = ['integration', 'idColumn', 'map', 'separator', 'encoding', 'country', 'dryRun'] as const;

function wrongWith(file: string, options: ImportOptions): string | null {
  const { idColumn, integration, separator, country, report, resume } = options;
  if (idColumn !== undefined && integration === undefined && resume === undefined) {
    return 'Ids belong to a system: say which, with --integration.';
  }
  if (integration !== undefined && !/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$/u.test(integration)) {
    return `"${integration}" is no name of an integration: write it as crm or hubspot.`;
  }
  if (separator !== undefined && !/^([^\r\n"]|\\t|tab)$/i.test(separator)) {
    return `"${separator}" is no separator: give one character, or tab.`;
  }
  if (country !== undefined && !/^[a-z]{2}$/i.test(country)) {
    return `"${country}" is no country: write two letters, such as PT.`;
  }
  if (report !== undefined && resolve(report) === resolve(file)) {
    return 'The report would replace the file: name another one.';
  }
  if (resume !== undefined && !isUuid(resume)) {
    return `"${resume}" is no id of an import: it was printed when the import began.`;
  }
  const surplus = resume === undefined ? [] : OF_THE_FIRST_RUN.filter((name) => options[name] !== undefined);
  return surplus.length > 0
    ? 'An import goes on as it was begun: with --resume, give the file and --report alone.'
    : null;
}
