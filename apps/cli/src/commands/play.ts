import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import {
  type Cast,
  DEFAULT_CAST,
  type Lifecycle,
  lifecycleNamed,
  LIFECYCLES,
  playedCall,
  PROVIDERS,
} from '#libs/telephony';
import type { CommandContext, ExitCode } from '../context.js';
import { connectionToPlay, type ConnectionWishes, type Stage } from '../play/connection-to-play.js';
import { type Performance, playRequests, type Sent, toldBy } from '../play/play-lifecycle.js';
import { tableOf } from '../terminal.js';

interface PlayOptions extends Omit<ConnectionWishes, 'provider'> {
  readonly provider?: string;
  readonly list?: boolean;
  readonly repeat?: boolean;
  readonly shuffle?: boolean;
  readonly delay?: string;
  readonly seed?: string;
  readonly from?: string;
  readonly to?: string;
  readonly agent?: readonly string[];
  readonly json?: boolean;
}

const EXAMPLES = `
The connection is the first of that provider in the configuration, with its secret; --key, --secret and --public-url win over
it. Without a seed each run is another call; with the same seed the same call is told again.

Examples:
  casewright play --list
  casewright play missed-voicemail --provider twilio --repeat --shuffle --delay 2s
  casewright play answered --provider zammad --from +351910000009 --agent ana@acme.example
  CASEWRIGHT_WEBHOOK_SECRET=whsec_… casewright play missed --provider generic --url http://127.0.0.1:3000/webhooks/generic/sample`;

export function addPlay(program: Command, context: CommandContext): void {
  program
    .command('play')
    .description('send a call as its telephone system would: signed, and repeated, mixed or slow if you like')
    .argument('[scenario]', 'what happens in the call; --list names them all')
    .option('--provider <name>', PROVIDERS.map(({ name }) => name).join(', '))
    .option('--list', 'what can be played, and which provider has no event for it')
    .option('--url <url>', 'the server, or the whole address of a connection; the running standalone’s unless told')
    .option('--key <key>', 'of the connection: twilio/KEY')
    .option('--secret <secret>', 'of the connection; better in CASEWRIGHT_WEBHOOK_SECRET')
    .option('--public-url <url>', 'the address that the signature is computed over')
    .option('--repeat', 'send some of the requests twice')
    .option('--shuffle', 'send them in another order')
    .option('--delay <time>', 'wait between two requests: 500ms, 2s')
    .option('--seed <text>', 'the same call, disturbed in the same way, as the last time with this seed')
    .option('--from <number>', 'who calls, or is called', DEFAULT_CAST.caller)
    .option('--to <number>', 'our line', DEFAULT_CAST.line)
    .option(
      '--agent <email>',
      'who answers; given twice, who it is handed to',
      (email: string, more: string[] = []) => [...more, email],
    )
    .option('--json', 'one JSON document per request')
    .addHelpText('after', EXAMPLES)
    .action(async (scenario: string | undefined, options: PlayOptions) => {
      context.finish(await play(context, scenario, options));
    });
}

/** 0 when every request was taken; 1 when the server refused one; 2 when the scenario cannot be played so. */
async function play(context: CommandContext, scenario: string | undefined, options: PlayOptions): Promise<ExitCode> {
  const { terminal } = context;
  if (options.list === true) {
    listLines().forEach((line) => terminal.line(line));
    return 0;
  }
  const asked = askedFor(scenario, options);
  if (typeof asked === 'string') {
    terminal.error(asked);
    return 2;
  }
  const { lifecycle, provider, delay } = asked;
  const stage = await connectionToPlay(context, { ...options, provider });
  if (!stage.ok) {
    terminal.error(stage.reason);
    return 1;
  }
  const seed = options.seed ?? randomBytes(4).toString('hex');
  const told = toldBy(stage.value, lifecycle, { cast: castOf(options), seed });
  if (!told.ok) {
    terminal.error(told.reason);
    return 2;
  }
  const performance = {
    requests: told.value,
    delay,
    repeat: options.repeat === true,
    shuffle: options.shuffle === true,
    seed,
  };
  const code = await perform(context, stage.value, performance, options);
  if (code === 0 && options.json !== true) {
    terminal.line(`Played "${lifecycle.name}" as ${provider} would, with the seed ${seed}. ${NEXT}`);
  }
  return code;
}

async function perform(
  context: CommandContext,
  stage: Stage,
  performance: Performance,
  options: PlayOptions,
): Promise<ExitCode> {
  let code: ExitCode = 0;
  const said = (sent: Sent): void => {
    code = sent.status < 300 ? code : 1;
    show(context, sent, options);
  };
  const played = await playRequests(stage, performance, { signal: context.signal, said });
  if (!played.ok) {
    context.terminal.error(played.reason);
    return 1;
  }
  return code;
}

const NEXT = '"casewright cases" shows what became of it.';

interface Asked {
  readonly lifecycle: Lifecycle;
  readonly provider: string;
  readonly delay: number;
}

/** What is to be played; as text, why it makes no sense. */
function askedFor(scenario: string | undefined, { provider, delay = '0s' }: PlayOptions): Asked | string {
  const lifecycle = scenario === undefined ? null : lifecycleNamed(scenario);
  if (lifecycle === null) {
    const wrong = scenario === undefined ? 'Say what to play' : `Nothing is called "${scenario}"`;
    return `${wrong}: ${LIFECYCLES.map(({ name }) => name).join(', ')}.`;
  }
  if (provider === undefined) {
    return `Say as whom, with --provider: ${PROVIDERS.map(({ name }) => name).join(', ')}.`;
  }
  const milliseconds = durationOf(delay);
  return milliseconds === null
    ? `"${delay}" is no time to wait: write it as 500ms or 2s, at most 60s.`
    : { lifecycle, provider, delay: milliseconds };
}

function durationOf(text: string): number | null {
  const [, amount = '', unit] = /^(\d{1,5}(?:\.\d{1,3})?)(ms|s)$/.exec(text) ?? [];
  const milliseconds = amount === '' ? Number.NaN : Number(amount) * (unit === 's' ? 1000 : 1);
  return milliseconds <= 60_000 ? milliseconds : null;
}

function castOf({ from, to, agent = [] }: PlayOptions): Cast {
  const { agents, caller, line } = DEFAULT_CAST;
  const named = (email: string | undefined, otherwise: Cast['agents']['first']) =>
    email === undefined ? otherwise : { email, name: email.split('@', 1)[0] ?? email };
  return {
    ...DEFAULT_CAST,
    caller: from ?? caller,
    line: to ?? line,
    agents: { first: named(agent[0], agents.first), second: named(agent[1], agents.second) },
  };
}

function show({ terminal }: CommandContext, sent: Sent, { json }: PlayOptions): void {
  if (json === true) {
    terminal.json(sent);
  } else {
    const answer = sent.answer === '' ? '' : ` ${sent.answer.slice(0, 300)}`;
    terminal.line(`${sent.number}. ${sent.summary}: ${sent.status}${answer}`);
  }
}

/** Every scenario, with a dot for each provider that tells it, as channels.md H has it. */
function listLines(): string[] {
  const rows = LIFECYCLES.map((lifecycle) => [
    lifecycle.name,
    ...PROVIDERS.map(({ name, vendor }) => {
      const connection = { provider: name, key: 'main', publicUrl: null, settings: vendor.settingsWith('') };
      const told = vendor.tell(playedCall(lifecycle, { seed: '', now: 0 }), connection);
      return typeof told === 'string' ? '–' : '●';
    }),
    lifecycle.description,
  ]);
  return tableOf([['scenario', ...PROVIDERS.map(({ name }) => name), ''], ...rows]);
}
