import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A folder; mails are known by their UIDs. */
export interface ScriptedFolder {
  readonly uidValidity: number;
  readonly mails: ReadonlyMap<number, Buffer>;
}

/**
 * Speaks as much of IMAP4rev1 as a mailbox worker needs, and leaves each session in the folder that it has opened, whatever becomes of
 * that folder's name: RFC 2180 §3 allows it, and a real server that does so could not be had.
 */
export interface ScriptedImap {
  readonly port: number;
  /** Folder of each name; a session looks here only when it opens one. */
  readonly folders: Map<string, ScriptedFolder>;
  stop(): Promise<void>;
}

export async function startScriptedImap(): Promise<ScriptedImap> {
  const folders = new Map<string, ScriptedFolder>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, folders);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    folders,
    async stop() {
      sockets.forEach((socket) => socket.destroy());
      server.close();
      await once(server, 'close');
    },
  };
}

function serve(socket: Socket, folders: ReadonlyMap<string, ScriptedFolder>): void {
  let open: ScriptedFolder | null = null;
  let idles = '';
  let rest = '';
  const answer = (tag: string, command: string, words: string): string[] => {
    switch (command) {
      case 'SELECT':
        open = folders.get(words) ?? null;
        return open === null ? [`${tag} NO there is no such folder`] : [...opened(open), `${tag} OK [READ-WRITE] done`];
      case 'IDLE':
        idles = tag;
        return ['+ idling'];
      case 'UID':
        return [...(open === null ? [] : uidAnswers(open, words)), `${tag} OK done`];
      case 'LIST':
        return [...folders.keys()].map((name) => `* LIST () "." ${name}`).concat(`${tag} OK done`);
      case 'LOGOUT':
        return ['* BYE', `${tag} OK done`];
      default:
        return [`${tag} ${['LOGIN', 'NOOP', 'LSUB'].includes(command) ? 'OK done' : 'BAD unknown'}`];
    }
  };
  socket.write('* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n');
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [tag = '', command = '', ...words] = line.split(' ');
      const answers = line === 'DONE' ? [`${idles} OK done`] : answer(tag, command.toUpperCase(), words.join(' '));
      socket.write(Buffer.from(`${answers.join('\r\n')}\r\n`, 'latin1'));
    }
  });
}

function opened({ uidValidity, mails }: ScriptedFolder): string[] {
  const next = Math.max(0, ...mails.keys()) + 1;
  return [
    '* FLAGS (\\Seen)',
    `* ${mails.size} EXISTS`,
    `* OK [UIDVALIDITY ${uidValidity}] done`,
    `* OK [UIDNEXT ${next}] done`,
  ];
}

/** Every mail, whichever were asked for: a client must choose for itself what it wanted. */
function uidAnswers({ mails }: ScriptedFolder, words: string): string[] {
  if (words.toUpperCase().startsWith('SEARCH')) {
    return [`* SEARCH ${[...mails.keys()].join(' ')}`];
  }
  return [...mails].map(([uid, bytes], index) => {
    const body = words.includes('BODY') ? ` BODY[] {${bytes.length}}\r\n${bytes.toString('latin1')}` : '';
    return `* ${index + 1} FETCH (UID ${uid} RFC822.SIZE ${bytes.length}${body})`;
  });
}
