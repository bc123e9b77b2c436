import type { Queryable } from './queryable.js';

/** Runs writes that take away what was said: the triggers of closed cases let them pass, within this transaction. */
export async function forPrivacy<Result>(client: Queryable, write: () => Promise<Result>): Promise<Result> {
  await setPrivacy(client, 'on');
  const result = await write();
  await setPrivacy(client, 'off');
  return result;
}

async function setPrivacy(client: Queryable, state: 'on' | 'off'): Promise<void> {
  await client.query({
    name: 'set_privacy',
    text: `select set_config('casewright.privacy', $1, true)`,
    values: [state],
  });
}
