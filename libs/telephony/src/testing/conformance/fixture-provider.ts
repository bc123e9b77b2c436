import { createHmac } from 'node:crypto';
import type { CallFactKind } from '#libs/interaction';
import {
  type Connection,
  contentHash,
  instantOf,
  isRefused,
  isSame,
  known,
  member,
  nameOf,
  refused,
  signatureHeaders,
  verified,
} from '#libs/webhook';
import { callFact } from '../../facts/arrival.js';
import { ignoredEvent, wrongBody } from '../../facts/event-read.js';
import { partyOf } from '../../facts/party.js';
import { instantIn, type PlayedCall } from '../../lifecycle/played-call.js';
import type { Provider } from '../../provider.js';
import { connectionPath, type ToldRequest } from '../../vendor.js';

export class TinSettings {
  readonly secret: string = '';
}

export const TIN_SECRET = 'the secret of two tins and a string';
export const TIN_CONNECTION: Connection<TinSettings> = {
  provider: 'tin',
  key: 'main',
  publicUrl: null,
  settings: { secret: TIN_SECRET },
};

const KINDS: Readonly<Record<string, CallFactKind>> = { knock: 'started', hello: 'answered', bye: 'ended' };
const SAID = { started: 'knock', answered: 'hello', ended: 'bye' } as const;

function signatureOf(secret: string, body: string | Buffer): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

/** The smallest provider there can be: three events, signed over the body. It sends the key of its string along, a secret. */
export const tinProvider: Provider<TinSettings> = {
  name: 'tin',
  settings: TinSettings,
  numberFormat: 'e164',
  secrets: new Set(['string']),
  verify(request, { settings }) {
    const headers = signatureHeaders(request, ['x-tin-signature']);
    if (isRefused(headers)) {
      return headers;
    }
    const right = signatureOf(settings.secret, request.body);
    return isSame(right, headers[0] ?? '') ? verified() : refused('signature-mismatch');
  },
  read(plain, arrival) {
    const [id, call, what] = [member(plain, 'id'), nameOf(member(plain, 'call')), member(plain, 'what')];
    if (id === null || call === null || what === null) {
      return wrongBody({ pointer: '', code: 'required', detail: 'id, call and what are needed' });
    }
    const kind = known(KINDS, what);
    if (kind === undefined) {
      return { ok: true, events: [ignoredEvent(id, 'unknown-type', what)] };
    }
    const at = instantOf(member(plain, 'at') ?? '');
    const origin = { eventId: id, at, contentSha256: contentHash(plain, this.secrets) };
    const fact = callFact(arrival, origin, kind, {
      callId: call,
      from: partyOf({ raw: member(plain, 'from') }, arrival),
      answeredBy: kind === 'answered' ? 'agent' : null,
    });
    return { ok: true, events: [{ eventId: id, calls: [fact], voicemails: [], sounds: [], ignored: null }] };
  },
  vendor: {
    tell(call, { settings }) {
      const untold = call.lifecycle.steps.find(({ what }) => !(what in SAID));
      return untold === undefined ? bodiesOf(call, settings.secret) : `that something was ${untold.what}`;
    },
    sign(request, connection) {
      const { body, path, contentType } = request;
      const signature = signatureOf(connection.settings.secret, body);
      const headers = { 'content-type': contentType, 'X-Tin-Signature': signature };
      return { target: connectionPath(connection, path), headers, body };
    },
    settingsWith: (secret) => ({ secret }),
  },
};

function bodiesOf(call: PlayedCall, secret: string): readonly ToldRequest[] {
  return call.lifecycle.steps.map(({ what, at }, index) => {
    const id = `${call.nameOf('event')}-${index}`;
    const said = SAID[what as keyof typeof SAID];
    const event = {
      id,
      call: call.nameOf('call'),
      what: said,
      at: instantIn(call, at),
      from: call.caller,
      string: secret,
    };
    return { path: '', contentType: 'application/json', body: JSON.stringify(event), id };
  });
}
