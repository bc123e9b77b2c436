import { FORWARD_TABLE, type Row } from './forward-table.js';

/** The words of one language as the mail programs write them; null where a program does not speak it. */
export interface ForwardWords {
  /** Separator, From, Subject, Date, To, Cc of Apple Mail. */
  readonly apple: readonly [string, string, string, string, string, string] | null;
  /** From of Gmail; everything else stays English there. */
  readonly gmail: string | null;
  /** Prefix of the subject in Outlook on the web; its block is English. */
  readonly outlookLive: string | null;
  /** Prefix, From, Date, To, Cc, Subject of New Outlook. */
  readonly newOutlook: readonly [string, string, string, string, string, string] | null;
  /** The line of Outlook 2019 for the Mac, with `{date}`, `{name}` and `{address}`. */
  readonly outlook2019: string | null;
  /** Separator, From, To, Cc, Sent, Subject of Yahoo. */
  readonly yahoo: readonly [string, string, string, string, string, string] | null;
  /** Separator, Subject, Date, From, To, Cc of Thunderbird. */
  readonly thunderbird: readonly [string, string, string, string, string, string] | null;
  /** Separator, From, Date, Subject, To, Cc of HubSpot. */
  readonly hubspot: readonly [string, string, string, string, string, string] | null;
}

type Six = readonly [string, string, string, string, string, string];

/** The words of every language that we test, by its tag. */
export const FORWARD_LOCALES: ReadonlyMap<string, ForwardWords> = new Map(
  Object.entries(FORWARD_TABLE).map(([locale, row]) => [locale, wordsOf(row)]),
);

function wordsOf(row: Row): ForwardWords {
  const [apple, gmail, outlookLive, newOutlook, outlook2019, yahoo, thunderbird, hubspot] = row;
  return {
    apple: six(apple),
    gmail: gmail ?? null,
    outlookLive: outlookLive ?? null,
    newOutlook: six(newOutlook),
    outlook2019: outlook2019 ?? null,
    yahoo: six(yahoo),
    thunderbird: six(thunderbird),
    hubspot: six(hubspot),
  };
}

function six(fields: string | null | undefined): Six | null {
  return fields === null || fields === undefined ? null : (fields.split('|') as unknown as Six);
}
