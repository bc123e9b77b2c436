import type { Category } from '#libs/case-domain';
import { declaredId } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';

export const OUR_ACCOUNT = defaultAccountId;
export const OTHER_ACCOUNT = '00000000-0000-4000-8000-00000000000b';

export function groupOf(accountId: string): string {
  return declaredId(accountId, 'group', 'Support');
}

export function defaultStatusOf(accountId: string, category: Category): string {
  return declaredId(accountId, 'status', category);
}
