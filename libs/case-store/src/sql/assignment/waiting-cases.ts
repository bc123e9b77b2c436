/** SQL over `cases c` in the words of the index `cases_waiting`: what waits, of which kind of work, and how urgently. */
export const WAITING = `c.category = 'new' and c.auto_assign and c.deleted_at is null`;
export const CHANNEL_OF_CASE = `(
  case when c.source in ('call_inbound', 'call_outbound', 'voicemail', 'callbar') then 'voice' else 'email' end
)`;
export const URGENCY_OF_CASE = `(
  case c.priority when 'urgent' then 0 when 'high' then 1 when 'normal' then 2 when 'low' then 3 else 4 end
)`;
