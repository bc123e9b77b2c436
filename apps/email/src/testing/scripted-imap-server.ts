import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A folder that a test fills and looks at. */
export interface ScriptedFolder {
  uidValidity: number;
  mails: { uid: number; bytes: Buffer; flags: string[] }[];
  /** UIDs that were moved away. */
  moved: number[];
}

export interface ScriptedImapServer {
  readonly port: number;
  readonly folder: ScriptedFolder;
  close(): Promise<void>;
}

/** As much of IMAP4rev1 (RFC 3501) as a poll needs: enough to test what we ask and how we read the answers. */
export async function startScriptedImapServer(): Promise<ScriptedImapServer> {
  const folder: ScriptedFolder = { uidValidity: 1, mails: [], moved: [] };
  const server = createServer((socket) => serve(socket, folder));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    folder,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function serve(socket: Socket, folder: ScriptedFolder): void {
  let waiting = '';
  socket.on('error', () => undefined);
  socket.write('* OK ready\r\n');
  socket.on('data', (data) => {
    waiting += data.toString('latin1');
    for (let end = waiting.indexOf('\r\n'); end !== -1; end = waiting.indexOf('\r\n')) {
      const [tag = '', ...words] = waiting.slice(0, end).split(' ');
      waiting = waiting.slice(end + 2);
      socket.write(Buffer.concat([...answer(words.join(' '), folder), Buffer.from(`${tag} OK done\r\n`)]));
    }
  });
}

function answer(command: string, folder: ScriptedFolder): Buffer[] {
  const line = (text: string) => Buffer.from(`* ${text}\r\n`);
  const [, range = '', what = ''] = /^UID (?:FETCH|STORE|MOVE) (\S+) ?(.*)$/i.exec(command) ?? [];
  const selected = folder.mails.filter(({ uid }) => inRange(uid, range, folder));
  switch (true) {
    case /^CAPABILITY/i.test(command):
      return [line('CAPABILITY IMAP4rev1 MOVE UIDPLUS')];
    case /^(LIST|LSUB)/i.test(command):
      return [line(`${command.split(' ')[0]} () "/" INBOX`)];
    case /^(SELECT|EXAMINE)/i.test(command):
      return [
        line(`${folder.mails.length} EXISTS`),
        line('FLAGS (\\Seen)'),
        line('OK [PERMANENTFLAGS (\\Seen \\*)] ok'),
        line(`OK [UIDVALIDITY ${folder.uidValidity}] ok`),
        line(`OK [UIDNEXT ${(folder.mails.at(-1)?.uid ?? 0) + 1}] ok`),
      ];
    case /^UID FETCH/i.test(command):
      return selected.map((mail) => fetched(mail, folder.mails.indexOf(mail) + 1, what));
    case /^UID STORE/i.test(command):
      selected.forEach((mail) => mail.flags.push(...(/\(([^)]*)\)/.exec(what)?.[1] ?? '').split(' ')));
      return [];
    case /^UID MOVE/i.test(command):
      folder.moved.push(...selected.map(({ uid }) => uid));
      folder.mails = folder.mails.filter((mail) => !selected.includes(mail));
      return [];
    default:
      return [];
  }
}

/** As real servers do, `n:*` always names the last mail. */
function inRange(uid: number, range: string, { mails }: ScriptedFolder): boolean {
  const last = mails.at(-1)?.uid ?? 0;
  return range.split(',').some((part) => {
    const [from = 0, to = from] = part.split(':').map((end) => (end === '*' ? last : Number(end)));
    return uid >= Math.min(from, to) && uid <= Math.max(from, to);
  });
}

function fetched(mail: ScriptedFolder['mails'][number], sequence: number, what: string): Buffer {
  const partial = /BODY(?:\.PEEK)?\[\]<(\d+)\.(\d+)>/i.exec(what);
  const facts = `UID ${mail.uid} FLAGS (${mail.flags.join(' ')}) INTERNALDATE "02-Mar-2026 10:20:00 +0000" RFC822.SIZE ${mail.bytes.length}`;
  if (!/BODY/i.test(what)) {
    return Buffer.from(`* ${sequence} FETCH (${facts})\r\n`);
  }
  const from = Number(partial?.[1] ?? 0);
  const bytes = mail.bytes.subarray(from, from + Number(partial?.[2] ?? mail.bytes.length));
  const name = partial === null ? 'BODY[]' : `BODY[]<${from}>`;
  return Buffer.concat([
    Buffer.from(`* ${sequence} FETCH (${facts} ${name} {${bytes.length}}\r\n`),
    bytes,
    Buffer.from(')\r\n'),
  ]);
}
