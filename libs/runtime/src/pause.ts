/**
 * Waits until the time is over or one of the signals aborts, and leaves no listener behind: signals live as long as
 * a consumer, and `AbortSignal.any` would leave a trace in each of them at every call.
 */
export function pause(milliseconds: number, ...signals: readonly AbortSignal[]): Promise<void> {
  if (signals.some(({ aborted }) => aborted)) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signals.forEach((signal) => signal.removeEventListener('abort', end));
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signals.forEach((signal) => signal.addEventListener('abort', end));
  });
}
