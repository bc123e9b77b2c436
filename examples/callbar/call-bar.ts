// A client of the Casewright call bar in one file, without dependencies: copy it into your CRM.
//
// It keeps every event in the tab's storage until it has an answer, and sends it again with the same event_id: what an
// agent pressed is neither lost nor done twice. The token comes from your own server; no secret is in the browser.

export type Action =
  | 'case.create'
  | 'case.attach'
  | 'case.detach'
  | 'contact.link'
  | 'contact.create'
  | 'disposition.set'
  | 'note.save'
  | 'callback.schedule'
  | 'wrapup.start'
  | 'wrapup.end';

/** The call that an event is about; it may not have arrived at Casewright yet. */
export type Call = { interaction_id: string } | { connection: string; call_id: string };

export interface CallBarEvent {
  event_id: string;
  occurred_at: string;
  action: Action;
  call?: Call;
  client: { name: string; version: string };
  [member: string]: unknown;
}

export interface Result {
  event_id: string;
  state: 'accepted' | 'parked' | 'applied' | 'refused' | 'expired';
  reason?: string;
  case?: { id: string; number: number; url: string; created: boolean };
  interaction_id?: string;
}

export interface Settings {
  /** `https://support.acme.example` */
  baseUrl: string;
  /** Asks your server for a token of the agent who is logged in there. */
  token: () => Promise<string>;
  /** Seconds to wait for what becomes of an event. */
  wait?: number;
  storage?: Pick<Storage, 'getItem' | 'setItem'>;
  fetch?: typeof fetch;
}

const UNSENT = 'casewright.unsent';
const CLIENT = { name: 'casewright-example', version: '1' };
const LONGEST_PAUSE = 30_000;

export class CallBar {
  private readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  private token: string | null = null;
  private sending: Promise<void> | null = null;
  private readonly listeners = new Set<(result: Result) => void>();

  constructor(private readonly settings: Settings) {
    this.storage = settings.storage ?? sessionStorage;
  }

  /** Tells what became of events. Returns what stops that. */
  onResult(listener: (result: Result) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Notes that the agent pressed something, and sends it as soon as that is possible. Returns its id at once. */
  press(action: Action, call: Call | null, payload: Record<string, unknown> = {}): string {
    const event: CallBarEvent = {
      ...payload,
      event_id: uuidV7(),
      occurred_at: new Date().toISOString(),
      action,
      client: CLIENT,
      ...(call === null ? {} : { call }),
    };
    this.keep([...this.unsent(), event]);
    void this.flush();
    return event.event_id;
  }

  /** Sends what is unsent, one after another; call it once when the page is loaded. */
  flush(): Promise<void> {
    this.sending ??= this.sendAll().finally(() => (this.sending = null));
    return this.sending;
  }

  unsent(): CallBarEvent[] {
    return JSON.parse(this.storage.getItem(UNSENT) ?? '[]') as CallBarEvent[];
  }

  /** Calls that ring at the agent, or that the agent holds. */
  async liveCalls(): Promise<unknown[]> {
    const answer = await this.ask('/callbar/v1/calls?state=live');
    return ((await answer.json()) as { data: unknown[] }).data;
  }

  /** A call with who may be calling, their open cases, and whom a colleague chose before. */
  async call(interactionId: string): Promise<unknown> {
    return (await this.ask(`/callbar/v1/calls/${encodeURIComponent(interactionId)}`)).json();
  }

  private async sendAll(): Promise<void> {
    let pause = 1_000;
    for (let event = this.unsent()[0]; event !== undefined; event = this.unsent()[0]) {
      const answer = await this.send(event).catch(() => null);
      if (answer === null || answer.status === 429 || answer.status >= 500) {
        const seconds = Number(answer?.headers.get('retry-after') ?? 0);
        await new Promise((resolve) => setTimeout(resolve, Math.max(seconds * 1_000, pause)));
        pause = Math.min(pause * 2, LONGEST_PAUSE);
        continue;
      }
      pause = 1_000;
      // Whatever else is answered is an answer: sent again it would be the same.
      this.keep(this.unsent().filter(({ event_id }) => event_id !== event.event_id));
      await this.report(event, answer);
    }
  }

  private send(event: CallBarEvent): Promise<Response> {
    const prefer = `wait=${this.settings.wait ?? 5}`;
    const headers = { 'content-type': 'application/json', prefer };
    return this.ask('/callbar/v1/events', { method: 'POST', headers, body: JSON.stringify(event) });
  }

  private async report(event: CallBarEvent, answer: Response): Promise<void> {
    const body = (await answer.json().catch(() => ({}))) as Partial<Result> & { code?: string };
    const refused: Result = {
      event_id: event.event_id,
      state: 'refused',
      reason: body.code ?? `http-${answer.status}`,
    };
    const result = answer.ok ? (body as Result) : refused;
    this.listeners.forEach((listener) => listener(result));
  }

  /** A token that is over is fetched anew, once for each request. */
  private async ask(path: string, request: RequestInit = {}): Promise<Response> {
    const answer = await this.askWith((this.token ??= await this.settings.token()), path, request);
    if (answer.status !== 401) {
      return answer;
    }
    this.token = await this.settings.token();
    return this.askWith(this.token, path, request);
  }

  private askWith(token: string, path: string, request: RequestInit): Promise<Response> {
    const headers = { ...request.headers, authorization: `Bearer ${token}` };
    const send = this.settings.fetch ?? fetch;
    return send(this.settings.baseUrl + path, { ...request, headers, credentials: 'omit' });
  }

  private keep(events: readonly CallBarEvent[]): void {
    this.storage.setItem(UNSENT, JSON.stringify(events));
  }
}

/**
 * Messages of a softphone in a frame. Compares the origin of the frame's address with that of the message: comparing the
 * beginning of the address would let `https://phone.example.evil.example` in.
 */
export function onMessagesOf(frame: HTMLIFrameElement, listener: (data: unknown) => void): () => void {
  const hear = (message: MessageEvent): void => {
    if (message.origin === new URL(frame.src).origin && message.source === frame.contentWindow) {
      listener(message.data);
    }
  };
  window.addEventListener('message', hear);
  return () => window.removeEventListener('message', hear);
}

/** RFC 9562 §5.7: milliseconds, then random bits. */
export function uuidV7(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let index = 0; index < 6; index += 1) {
    bytes[index] = Math.floor(now / 2 ** (8 * (5 - index))) & 0xff;
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
