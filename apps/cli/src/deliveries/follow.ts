import { pause } from '#libs/runtime';
import type { CommandContext, ExitCode } from '../context.js';
import { callApi, type ApiAccess, type ApiOptions } from '../installation/api-access.js';
import { becameOf, rowOf, type DeliveryAnswer } from './show.js';

const EVERY_MS = 500;
/** What is written behind its answer, or has become something else since, is seen as long after its receipt. */
const LOOK_BACK_MS = 60_000;

/**
 * Prints each request when it has come, oldest first, and again when something else has become of it, until Ctrl-C. It is for
 * whoever sits beside a telephone: of what comes faster than a page in half a second, not all is shown.
 */
export async function followDeliveries(
  { terminal, signal }: CommandContext,
  access: ApiAccess,
  { json }: ApiOptions,
  filter: URLSearchParams,
): Promise<ExitCode> {
  const given = Date.parse(filter.get('since') ?? '');
  const begun = Number.isNaN(given) ? Date.now() - 1_000 : given;
  const shown = new Map<string, string>();
  filter.set('limit', '100');
  for (;;) {
    filter.set('since', new Date(Math.max(begun, Date.now() - LOOK_BACK_MS)).toISOString());
    const found = await callApi<{ data: DeliveryAnswer[] }>(access, 'GET', `/v1/deliveries?${filter.toString()}`);
    if (!found.ok) {
      terminal.error(found.reason);
      return 1;
    }
    const data = found.value.data.reverse();
    for (const one of data.filter((some) => shown.get(some.id) !== saidOf(some))) {
      if (json === true) {
        terminal.json(one);
      } else {
        terminal.line(rowOf(one).join('  ').trimEnd());
      }
    }
    remember(shown, data);
    await pause(EVERY_MS, signal);
    if (signal.aborted) {
      return 0;
    }
  }
}

function saidOf(one: DeliveryAnswer): string {
  return `${becameOf(one)} ${one.reason}`;
}

/** Only what may be asked for again. */
function remember(shown: Map<string, string>, data: readonly DeliveryAnswer[]): void {
  shown.clear();
  data.forEach((one) => shown.set(one.id, saidOf(one)));
}
