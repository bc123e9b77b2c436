import type { BenchContext } from './context.js';
import { benchDecideAndApply } from './decide-and-apply.js';
import type { Figure } from './figure.js';

export const BENCHES: Readonly<Record<string, (context: BenchContext) => Promise<Figure[]>>> = {
  'case-builder': benchDecideAndApply,
};
