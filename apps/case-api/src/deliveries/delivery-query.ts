import { DELIVERY_STATES, type DeliveryFilter, type DeliveryState } from '#libs/case-store';
import { DELIVERY_VERDICTS } from '#libs/channel-kit';
import { PAGE_PARAMETERS, readPageQuery, type PageQuery } from '../query/page-query.js';
import { instant, someOf, text, type QueryParameter } from '../query/query-parameters.js';
import { createQueryReader, type RawQuery } from '../query/query-reader.js';

const LONGEST_CONNECTION = 100;

export const DELIVERY_FILTERS: readonly QueryParameter[] = [
  text('connection', 'Its name, as `twilio/main`.'),
  someOf('verdict', DELIVERY_VERDICTS, 'Any of these.'),
  someOf('state', DELIVERY_STATES, 'One of its interactions is in any of these.'),
  instant('since', 'Received then or later.'),
];

export function readDeliveryQuery(query: RawQuery): { filter: DeliveryFilter; page: PageQuery } {
  const reader = createQueryReader(query, [...PAGE_PARAMETERS, ...DELIVERY_FILTERS]);
  const page = readPageQuery(reader);
  const filter = {
    connection: reader.text('connection', LONGEST_CONNECTION) ?? null,
    verdicts: reader.list('verdict', DELIVERY_VERDICTS) ?? null,
    states: (reader.list('state', DELIVERY_STATES) as DeliveryState[] | undefined) ?? null,
    since: reader.instant('since') ?? null,
  };
  reader.finish();
  return { filter, page };
}
