import type { TrafficProbe } from '#libs/case-domain';
import { plainArray, textArray } from '../../array-literals.js';
import { rowsOf, type Queryable } from '../../queryable.js';

/** What a sender was let through with, by case; all of them together are the sender's. */
export interface TrafficRow {
  /** Of the probe in the list, from 1. */
  readonly probe: number;
  readonly caseId: string | null;
  /** Within 60 minutes. */
  readonly opened: number;
  readonly messages: number;
  /** Within the hours of the probe. */
  readonly automatic: number;
}

/** Counts what is settled already, by one probe of the index for each sender. Suspended rows do not count. */
export async function loadTraffic(
  client: Queryable,
  accountId: string,
  probes: readonly TrafficProbe[],
): Promise<TrafficRow[]> {
  return rowsOf<TrafficRow>(client, {
    name: 'load_traffic',
    text: `
      select given.probe::int, i.case_id as "caseId",
        count(*) filter (where i.outcome in ('created', 'followed_up') and i.recent)::int as opened,
        count(*) filter (where i.recent)::int as messages,
        count(*) filter (where i.outcome in ('automatic', 'recorded:automatic'))::int as automatic
      from unnest($2::text[], $3::timestamptz[], $4::int[]) with ordinality as given (sender, at, hours_back, probe)
      cross join lateral (
        select case_id, outcome, arrived_at > given.at - interval '1 hour' as recent
        from interaction
        where account_id = $1 and sender = given.sender and outcome <> 'suspended' and direction = 'inbound'
          and arrived_at > given.at - make_interval(hours => given.hours_back)
          and arrived_at <= given.at + interval '1 hour'
      ) i
      group by given.probe, i.case_id`,
    values: [
      accountId,
      textArray(probes.map((probe) => probe.sender)),
      plainArray(probes.map((probe) => probe.at)),
      plainArray(probes.map((probe) => probe.hoursBack)),
    ],
  });
}
