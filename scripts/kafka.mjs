/** `npm run kafka`: a real Apache Kafka on this machine, without a container. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { KAFKA_VERSION, KafkaUnavailable } from './kafka-jars.mjs';
import { startKafka } from './kafka-server.mjs';

const HELP = `Starts Apache Kafka ${KAFKA_VERSION} (KRaft, one node) and keeps it running until Ctrl-C.
Needs Java 17 or newer, and Maven for the first start (44 MB into ~/.cache/casewright, or CASEWRIGHT_CACHE).

Options
  --port NUMBER   where it listens (default 9092)
  --data FOLDER   where it keeps its records between starts (default ./data/kafka)
  --help

Examples
  npm run kafka
  npm run kafka -- --port 19092 --data /tmp/kafka
  KAFKA_BROKERS=127.0.0.1:9092 npm start
`;

async function main() {
  const options = { port: { type: 'string' }, data: { type: 'string' }, help: { type: 'boolean' } };
  const { values } = parseArgs({ options });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const port = Number(values.port ?? 9092);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new KafkaUnavailable(`--port must be a number from 1 to 65535, not "${values.port}".`);
  }
  const root = fileURLToPath(new URL('..', import.meta.url));
  let stop = () => process.exit(0); // until it is ready: ends the half-started broker with this process
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => void stop());
  }
  const kafka = await startKafka({ port, dataDirectory: values.data ?? join(root, 'data', 'kafka') });
  stop = () => kafka.stop();
  process.stdout.write(`ready on ${kafka.brokers[0]}\n`);
  const { code, signal } = await kafka.exited;
  // The JVM answers SIGTERM with 143 after an orderly stop.
  process.exitCode = code === 0 || code === 143 || signal === 'SIGTERM' ? 0 : 1;
  if (process.exitCode === 1) {
    process.stderr.write(`Kafka ended by itself (${code ?? signal}); see broker.log in its data folder.\n`);
  }
}

main().catch((error) => {
  const expected = error instanceof KafkaUnavailable || error.code?.startsWith?.('ERR_PARSE_ARGS');
  process.stderr.write(`${expected ? error.message : error.stack}\n`);
  process.exitCode = 1;
});
