import { lockSpaces } from '../../lock-spaces.js';

/**
 * A `with` query: the sessions that hold a member's lock now. A session that was killed holds none, so nobody has to
 * wait for a timeout to know that it is gone.
 */
export const memberHolders = `member_holder as (
    select objid::int as number, pid from pg_locks
    where locktype = 'advisory' and granted and objsubid = 2 and classid = ${lockSpaces.member}
      and database = (select oid from pg_database where datname = current_database())
  )`;
