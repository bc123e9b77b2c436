import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hasTestDovecot, machineSlowdown, PATIENCE_MS, waitUntil } from '#libs/testing';
import { MAILBOX_STEPS, startMailboxFaults, type MailboxFaults, type WorkerProcess } from './mailbox-faults.js';

const isLong = process.env['CASEWRIGHT_LONG_FAULTS'] === '1';
const MAILS = isLong ? 2_000 : 400;

(hasTestDovecot() ? describe : describe.skip)('a mailbox under fire', () => {
  let faults: MailboxFaults;
  let isRight = false;
  beforeAll(async () => {
    faults = await startMailboxFaults();
  });
  afterAll(() => faults.stop({ keep: !isRight }));

  it(
    `is imported to the last of ${MAILS} mails, and none twice, whatever is killed, frozen or reset`,
    async () => {
      const share = Math.ceil(MAILS / 2 / MAILBOX_STEPS.length);
      const stopReading = keepReading(faults);
      for (const [index, step] of MAILBOX_STEPS.entries()) {
        await faults.deliver(share);
        const worker = faults.startWorker({ step, time: index % 2 === 0 ? 1 : 2 });
        expect(await deliverUntilEnd(faults, worker)).toBe('SIGKILL');
      }
      await strikeTheServer(faults, share);
      await freezeTheWorker(faults, share);
      await faults.deliver(Math.max(0, MAILS - faults.delivered.length));
      await faults.untilDecided();
      stopReading();
      const { interactions, cases } = await faults.found();
      expect(interactions.toSorted()).toEqual(faults.delivered.toSorted());
      expect(cases.toSorted()).toEqual(faults.delivered.toSorted());
      expect((await faults.kept()).toSorted()).toEqual(faults.delivered.toSorted());
      isRight = true;
    },
    isLong ? 1_200_000 : 600_000,
  );

  it('makes a case of a new mail within a second', async () => {
    const seconds: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      await waitUntil(
        async () => faults.sessions().length > 0,
        PATIENCE_MS,
        () => 'nobody is connected',
      );
      await delay(1_000);
      const busy = machineSlowdown();
      const startedAt = performance.now();
      await faults.deliver(1);
      const subject = faults.delivered.at(-1);
      const isCase = async () => (await faults.found()).cases.some((found) => found === subject);
      await waitUntil(isCase, PATIENCE_MS, () => 'the mail became no case', 10);
      seconds.push((performance.now() - startedAt) / 1000 / busy);
    }
    // The middle one: a machine that runs other tests too may be late once.
    expect(seconds.toSorted((left, right) => left - right)[2]).toBeLessThan(1);
  });
});

(hasTestDovecot() ? describe : describe.skip)('a mailbox whose mails are moved', () => {
  let faults: MailboxFaults;
  let isRight = false;
  beforeAll(async () => {
    faults = await startMailboxFaults('Processed');
  });
  afterAll(() => faults.stop({ keep: !isRight }));

  it('is emptied into the other folder, also after kills between the cursor, the flags and the move', async () => {
    for (const step of ['saved', 'marking', 'marked'] as const) {
      await faults.deliver(20);
      expect(await deliverUntilEnd(faults, faults.startWorker({ step, time: 1 }))).toBe('SIGKILL');
    }
    faults.startWorker();
    await faults.untilDecided();
    const isEmptied = async () => (await faults.count('INBOX')) === 0;
    await waitUntil(isEmptied, PATIENCE_MS, () => 'mails stay in the inbox');
    expect(await faults.count('Processed')).toBe(faults.delivered.length);
    expect((await faults.found()).cases.toSorted()).toEqual(faults.delivered.toSorted());
    isRight = true;
  }, 400_000);
});

async function deliverSlowly(faults: MailboxFaults, mails: number): Promise<void> {
  for (let count = 0; count < mails; count += 1) {
    await faults.deliver(1);
    await delay(20);
  }
}

/** Mails go on coming in until the worker dies of what it was told to. */
async function deliverUntilEnd(faults: MailboxFaults, worker: WorkerProcess): Promise<string | null> {
  let ended: string | null = null;
  void worker.exited.then((signal) => (ended = signal));
  for (let count = 0; ended === null && count < 400; count += 1) {
    await deliverSlowly(faults, 1);
    await delay(50);
  }
  return ended;
}

/** A person marks everything as read, again and again. */
function keepReading(faults: MailboxFaults): () => void {
  let isOver = false;
  void (async () => {
    while (!isOver) {
      await faults.readEverything();
      await delay(500);
    }
  })();
  return () => void (isOver = true);
}

/** Kills sessions and the server, freezes a session, and gives the folder a new UIDVALIDITY, under one worker. */
async function strikeTheServer(faults: MailboxFaults, share: number): Promise<void> {
  const { server } = faults;
  const worker = faults.startWorker();
  await waitUntil(
    async () => faults.sessions().length > 0,
    PATIENCE_MS,
    () => 'nobody logs in',
  );
  await faults.deliver(share);
  signal(faults.sessions(), 'SIGKILL');
  await deliverSlowly(faults, 10);
  const frozen = faults.sessions();
  signal(frozen, 'SIGSTOP');
  await deliverSlowly(faults, 10);
  await delay(4_000);
  signal(frozen, 'SIGCONT');
  await server.resetUidValidity('support@acme.example');
  await deliverSlowly(faults, 10);
  server.kill('SIGKILL');
  await deliverSlowly(faults, 10);
  await server.restart();
  await faults.deliver(share);
  await server.resetUidValidity('support@acme.example');
  await delay(1_000);
  worker.kill('SIGKILL');
  await worker.exited;
}

/** A worker that was frozen for longer than its lease wakes up beside the one that took over. */
async function freezeTheWorker(faults: MailboxFaults, share: number): Promise<void> {
  const first = faults.startWorker();
  await waitUntil(
    async () => faults.sessions().length > 0,
    PATIENCE_MS,
    () => 'nobody logs in',
  );
  faults.startWorker();
  await faults.deliver(share);
  first.kill('SIGSTOP');
  await deliverSlowly(faults, 20);
  await delay(3_000);
  first.kill('SIGCONT');
  await deliverSlowly(faults, 20);
}

function signal(processes: readonly number[], name: NodeJS.Signals): void {
  for (const pid of processes) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended by itself.
    }
  }
}
