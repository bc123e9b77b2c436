import { parentPort } from 'node:worker_threads';
import { sanitiseHtml } from './sanitise-html.js';
import { SANITISER_READY, type SanitiseRequest, type SanitiseResponse } from './sanitise-protocol.js';

/** Entry of a worker thread: HTML in, safe HTML out. Whoever asked limits its time. */
parentPort?.on('message', ({ html, partByContentId }: SanitiseRequest) => {
  parentPort?.postMessage(answer(html, partByContentId));
});

parentPort?.postMessage(SANITISER_READY);

function answer(html: string, partByContentId: SanitiseRequest['partByContentId']): SanitiseResponse {
  try {
    return sanitiseHtml(html, partByContentId);
  } catch {
    return null;
  }
}
