import { bounceClass } from './bounce-facts.js';
import { proof, type Sight, type Signal } from './signal.js';

/** What the mail declares itself to be: a report about another mail (RFC 6522). */
export function reports({ payload }: Sight): Signal[] {
  const { report } = payload;
  if (report === null || !report.declared) {
    return [];
  }
  switch (report.kind) {
    case 'disposition':
      return [proof('receipt', `report-type=disposition-notification ${report.action ?? ''}`.trim())];
    case 'feedback':
      return [proof('abuse_report', 'report-type=feedback-report')];
    case 'delivery': {
      const text = `report-type=delivery-status ${report.action ?? ''} ${report.status ?? ''}`.trim();
      return [proof(isSuccess(report.action) ? 'receipt' : bounceClass(payload), text)];
    }
  }
}

/** RFC 3464 §2.3.3: it arrived, or was handed on to where nobody reports. */
function isSuccess(action: string | null): boolean {
  return action === 'delivered' || action === 'relayed' || action === 'expanded';
}
