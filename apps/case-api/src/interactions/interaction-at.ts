import type { ApiParamOptions } from '@nestjs/swagger';
import { loadInteraction, type InteractionView, type Queryable } from '#libs/case-store';
import { isUuid } from '#libs/interaction';
import type { Principal } from '../access/principal.js';
import { notFound } from '../http/problem.js';

/** `{id}` in the description. */
export const INTERACTION_ID: ApiParamOptions = { name: 'id', format: 'uuid' };

/** The interaction of a path, of the principal's account: any other does not exist. */
export async function interactionAt(client: Queryable, principal: Principal, id: string): Promise<InteractionView> {
  const view = isUuid(id) ? await loadInteraction(client, principal.accountId, id) : null;
  if (view === null) {
    throw notFound('The interaction');
  }
  return view;
}
