import { dovecotProgram } from './dovecot/index.js';
import { startTestKafka } from './kafka.js';
import { testEnvironment } from './environment.js';
import { startTestPostgres } from './postgres/start-test-postgres.js';

export interface RealParts {
  stop(): Promise<void>;
}

/** Starts the parts that this run needs and says which ones it runs on. Rejects when a required one is missing. */
export async function startRealParts(): Promise<RealParts> {
  const postgres = await startTestPostgres();
  process.env[testEnvironment.postgres] = postgres.connectionString;
  const kafka = await startKafkaWhenAsked();
  const parts = [postgres.description, `Apache Kafka: ${kafka.description}`, `Dovecot: ${describeDovecot()}`];
  process.stderr.write(`Real parts of this run: ${parts.join('; ')}\n`);
  return {
    async stop() {
      await kafka.stop();
      await postgres.stop();
    },
  };
}

async function startKafkaWhenAsked(): Promise<RealParts & { readonly description: string }> {
  const required = process.env[testEnvironment.requireReal] === '1';
  const idle = { stop: () => Promise.resolve() };
  if (process.env[testEnvironment.kafka]) {
    return { ...idle, description: `running at ${process.env[testEnvironment.kafka]}` };
  }
  if (process.env[testEnvironment.startKafka] !== '1' && !required) {
    return { ...idle, description: `not asked for (${testEnvironment.startKafka}=1 starts it), its tests are skipped` };
  }
  const kafka = await startTestKafka();
  if (kafka) {
    process.env[testEnvironment.kafka] = kafka.brokers;
    return { stop: () => kafka.stop(), description: `started at ${kafka.brokers}` };
  }
  if (required) {
    throw new Error('Apache Kafka is required for this run (CASEWRIGHT_REQUIRE_REAL=1) and could not be started');
  }
  return { ...idle, description: 'MISSING (needs Java 17 and mvn), its tests are SKIPPED' };
}

/** Each test file starts its own server, so this only says whether it can. */
function describeDovecot(): string {
  const program = dovecotProgram();
  if (program !== null) {
    return program;
  }
  if (process.env[testEnvironment.requireReal] === '1') {
    throw new Error('Dovecot is required for this run (CASEWRIGHT_REQUIRE_REAL=1) and there is none');
  }
  return 'MISSING (Debian: dovecot-imapd dovecot-lmtpd), its tests are SKIPPED';
}
