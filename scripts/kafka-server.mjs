/**
 * Starts a real single-node Apache Kafka (KRaft, no container) for tests and for `npm run kafka`.
 *   1 jars and java   2 ports   3 properties   4 format the folder   5 start   6 wait until it answers
 */
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join, resolve as resolvePath } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetchJars, findJava, KafkaUnavailable, runProgram } from './kafka-jars.mjs';
import { createCertificate, scramArguments, securityProperties } from './kafka-security.mjs';

const HOST = '127.0.0.1';
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 15_000;

/**
 * Options: `dataDirectory` (kept between starts), `port` (a free one unless told), `advertisedPort` (a proxy in front
 * of it), `extraProperties`, `users` (adds the listeners TLS and SECURE, see kafka-security.mjs).
 * Resolves once the broker answers: { brokers, port, pid, exited, stop(), kill(signal), secure? }.
 * Rejects with KafkaUnavailable when something has to be installed or a port is busy.
 */
export async function startKafka(options) {
  const [java, jars] = [await findJava(), await fetchJars()];
  const dataDirectory = resolvePath(options.dataDirectory);
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  await endOrphan(dataDirectory, options.port);
  const ports = await choosePorts(options);
  const ca = options.users ? await createCertificate(java, dataDirectory) : undefined;
  const properties = brokerProperties(dataDirectory, ports, options);
  const classPath = join(jars, '*');
  await formatStorage({ java, classPath, dataDirectory, properties, users: options.users ?? [] });
  const broker = launch({ java, classPath, dataDirectory, properties });
  await untilReady(broker, ports.broker, dataDirectory);
  const secure = ca && { ca, tls: [`${HOST}:${ports.tls}`], sasl: [`${HOST}:${ports.secure}`] };
  return { ...broker, port: ports.broker, brokers: [`${HOST}:${options.advertisedPort ?? ports.broker}`], secure };
}

async function choosePorts({ port, users }) {
  if (port !== undefined && (await answers(port))) {
    throw new KafkaUnavailable(`Port ${port} is busy: stop what listens there or choose another with --port.`);
  }
  const free = await freePorts(users ? 4 : 2);
  const [controller, spare, tls, secure] = free;
  return { controller, broker: port ?? spare, tls, secure };
}

/** Free ports, all held open until every one is known so that none comes twice. */
async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(servers.map((server) => new Promise((done) => server.listen(0, HOST, done))));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect({ host: HOST, port });
    const settle = (value) => {
      socket.destroy();
      resolve(value);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

function brokerProperties(dataDirectory, ports, { advertisedPort, extraProperties, users }) {
  const listeners = [`PLAINTEXT://${HOST}:${ports.broker}`];
  if (users) {
    listeners.push(`TLS://${HOST}:${ports.tls}`, `SECURE://${HOST}:${ports.secure}`);
  }
  const advertised = [`PLAINTEXT://${HOST}:${advertisedPort ?? ports.broker}`, ...listeners.slice(1)];
  return {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.bootstrap.servers': `${HOST}:${ports.controller}`,
    listeners: [...listeners, `CONTROLLER://${HOST}:${ports.controller}`].join(','),
    'advertised.listeners': advertised.join(','),
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,TLS:SSL,SECURE:SASL_SSL',
    'inter.broker.listener.name': 'PLAINTEXT',
    'log.dirs': join(dataDirectory, 'log'),
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    // The default of 3 s delays every first join of a group; there is nobody else to wait for here.
    'group.initial.rebalance.delay.ms': 0,
    'auto.create.topics.enable': false,
    ...(users ? securityProperties(dataDirectory, users) : {}),
    ...extraProperties,
  };
}

async function formatStorage({ java, classPath, dataDirectory, properties, users }) {
  const file = join(dataDirectory, 'server.properties');
  const lines = Object.entries(properties).map(([name, value]) => `${name}=${String(value).replaceAll('\\', '/')}`);
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  await writeFile(join(dataDirectory, 'log4j2.properties'), loggingProperties(dataDirectory));
  const formatted = join(dataDirectory, 'log', 'meta.properties');
  if (existsSync(formatted)) {
    return;
  }
  const tool = ['-Xmx128m', '-cp', classPath, 'kafka.tools.StorageTool'];
  const id = (await runProgram(java, [...tool, 'random-uuid'])).output.trim().split('\n').at(-1);
  const format = [...tool, 'format', '--standalone', '-t', id, '-c', file, ...scramArguments(users)];
  const { code, output } = await runProgram(java, format);
  if (code !== 0) {
    throw new Error(`Kafka could not format ${dataDirectory}: ${output.trim().slice(-500)}`);
  }
}

function loggingProperties(dataDirectory) {
  return `status=error
appender.file.type=File
appender.file.name=file
appender.file.fileName=${join(dataDirectory, 'broker.log').replaceAll('\\', '/')}
appender.file.layout.type=PatternLayout
appender.file.layout.pattern=%d %p %m (%c)%n%throwable
rootLogger.level=warn
rootLogger.appenderRef.file.ref=file
`;
}

function launch({ java, classPath, dataDirectory }) {
  const heap = ['-Xms128m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=4'];
  const logging = `-Dlog4j2.configurationFile=${join(dataDirectory, 'log4j2.properties')}`;
  const main = ['-cp', classPath, 'kafka.Kafka', join(dataDirectory, 'server.properties')];
  // A group of its own: Ctrl-C reaches this script only, which then stops the broker in order.
  const child = spawn(java, [...heap, logging, ...main], { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  child.stderr.on('data', (chunk) => appendFileSync(join(dataDirectory, 'broker.err'), chunk));
  const exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  const pidFile = join(dataDirectory, 'broker.pid');
  void writeFile(pidFile, String(child.pid))
    .then(() => exited)
    .then(() => rm(pidFile, { force: true }));
  const endWithParent = () => child.kill('SIGKILL');
  process.once('exit', endWithParent);
  void exited.then(() => process.off('exit', endWithParent));
  const kill = (signal) => child.kill(signal);
  return { pid: child.pid, exited, kill, stop: () => stopInOrder(child, exited) };
}

async function stopInOrder(child, exited) {
  child.kill('SIGCONT');
  child.kill('SIGTERM');
  const deadline = new AbortController();
  const late = sleep(STOP_LIMIT_MS, 'late', { signal: deadline.signal, ref: false }).catch(() => 'stopped');
  if ((await Promise.race([exited, late])) === 'late') {
    child.kill('SIGKILL');
  }
  deadline.abort();
  await exited;
}

async function untilReady(broker, port, dataDirectory) {
  let ended = false;
  void broker.exited.then(() => (ended = true));
  for (const start = Date.now(); Date.now() - start < START_LIMIT_MS; await sleep(50)) {
    if (ended) {
      throw new Error(`Kafka ended while it started. ${lastLines(dataDirectory)}`);
    }
    if (await answers(port)) {
      return;
    }
  }
  broker.kill('SIGKILL');
  throw new Error(`Kafka did not answer within ${START_LIMIT_MS / 1000} s. ${lastLines(dataDirectory)}`);
}

function lastLines(dataDirectory) {
  const text = ['broker.err', 'broker.log']
    .map((name) => join(dataDirectory, name))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8').slice(-600))
    .join('\n');
  return `Its last words: ${text.trim() || 'none'}`;
}

/** A broker whose parent was killed still holds the folder's lock: it is ours, so it is ended here. */
async function endOrphan(dataDirectory, port) {
  const pid = Number(await readFile(join(dataDirectory, 'broker.pid'), 'utf8').catch(() => ''));
  const commandOf = () => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (!pid || !(await commandOf()).includes(join(dataDirectory, 'server.properties'))) {
    return;
  }
  process.kill(pid, 'SIGKILL');
  const released = async () => (await commandOf()) === '' && !(port && (await answers(port)));
  for (const start = Date.now(); Date.now() - start < STOP_LIMIT_MS && !(await released());) {
    await sleep(20);
  }
}
