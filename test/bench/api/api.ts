import type { BenchContext } from '../context.js';
import type { Figure } from '../figure.js';
import { benchAutoClose } from './auto-close.js';
import { benchBesideBare } from './beside-bare.js';
import { benchIncidents } from './incidents.js';
import { benchLists } from './lists.js';

const PARTS: Readonly<Record<string, (context: BenchContext) => Promise<Figure[]>>> = {
  bare: benchBesideBare,
  lists: benchLists,
  'auto-close': benchAutoClose,
  incidents: benchIncidents,
};

/** The Case API: beside a bare handler of the same statements, over a million cases, while many cases are closed, and with incidents. */
export async function benchApi(context: BenchContext): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, part] of Object.entries(PARTS)) {
    if (context.only === null || context.only === name) {
      context.say(` ${name}`);
      figures.push(...(await part(context)));
    }
  }
  return figures;
}
