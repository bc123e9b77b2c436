import { parentPort, workerData } from 'node:worker_threads';

/** What a file exports that answers in a `WorkerThread`. */
export interface ThreadModule {
  /** Its throw is the thread's failure; a throw of what it returns, the question's. */
  readonly openThread: (data: unknown) => ThreadHandler | Promise<ThreadHandler>;
}
export type ThreadHandler = (question: unknown) => unknown;

/** What the thread is started with. */
export interface ThreadStart {
  /** URL of the `ThreadModule`. */
  readonly file: string;
  readonly data: unknown;
}

/** Main thread to worker. */
export interface ThreadQuestion {
  readonly id: number;
  readonly question: unknown;
}

/** Worker to main thread. The first says that its modules are loaded. */
export type ThreadResponse =
  | 'ready'
  | { readonly id: number; readonly ok: true; readonly answer: unknown }
  | { readonly id: number; readonly ok: false };

/** Entry of the thread: nothing else of the runtime is loaded into it. */
const { file, data } = workerData as ThreadStart;
const { openThread } = (await import(file)) as ThreadModule;
const handle = await openThread(data);

parentPort?.on('message', (asked: ThreadQuestion) => void respond(asked).then(send));
send('ready');

async function respond({ id, question }: ThreadQuestion): Promise<ThreadResponse> {
  try {
    return { id, ok: true, answer: await handle(question) };
  } catch {
    return { id, ok: false };
  }
}

function send(response: ThreadResponse): void {
  parentPort?.postMessage(response);
}
