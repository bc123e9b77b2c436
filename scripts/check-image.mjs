/**
 * `node scripts/check-image.mjs BUILDER`: the image is built from the Dockerfile, and two apps of it start.
 *   1 standalone, with everything embedded   2 a real PostgreSQL and Kafka   3 email, by itself, on these
 *
 * BUILDER is a program for machines without a container engine: it builds the Dockerfile of the folder that it is started in,
 * runs the app that it is given from the image, and ends with 0 as soon as /readyz says yes. The settings of an app reach
 * it as environment variables, CASEWRIGHT_CONFIG_FILE as a file at the place where docker-compose.yml puts it.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startKafka } from './kafka-server.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const MINUTE_MS = 60_000;
/** The first build also makes the base image. */
const LIMIT_MS = 30 * MINUTE_MS;

/** Says what is wrong and ends the whole check. */
class CheckFailed extends Error {}

function readBuilder() {
  const builder = process.argv[2] === undefined ? '' : resolve(process.argv[2]);
  if (!existsSync(builder)) {
    throw new CheckFailed('Name the program that builds the image: node scripts/check-image.mjs BUILDER');
  }
  if (!existsSync(join(root, 'dist/libs/postgres'))) {
    throw new CheckFailed('Nothing is built yet: run `npm run build` first.');
  }
  return builder;
}

/** Resolves when the app of the image got ready; the program has said why when it did not. */
async function untilReady(builder, app, settings = {}) {
  const started = performance.now();
  const child = spawn(builder, [app], { cwd: root, stdio: 'inherit', env: { ...process.env, ...settings } });
  const late = setTimeout(() => child.kill('SIGTERM'), LIMIT_MS);
  const ended = await new Promise((done) => {
    child.once('error', (error) => done(error.message));
    child.once('exit', (code, signal) => done(code ?? signal));
  });
  clearTimeout(late);
  if (ended !== 0) {
    throw new CheckFailed(`The image does not start ${app} (${ended}): see image-build.log and image-run.log.`);
  }
  process.stdout.write(`✔ image: ${app} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
}

/** PostgreSQL and Kafka for as long as the work takes, in a folder that goes with them. */
async function withRealParts(work) {
  const { startEmbeddedPostgres } = await import('#libs/postgres');
  const folder = await mkdtemp(join(tmpdir(), 'casewright-image-'));
  const stops = [() => rm(folder, { recursive: true, force: true })];
  try {
    const postgres = await startEmbeddedPostgres({ dataDirectory: join(folder, 'postgres'), logger: console });
    stops.unshift(() => postgres.stop());
    const kafka = await startKafka({ dataDirectory: join(folder, 'kafka') });
    stops.unshift(() => kafka.stop());
    await work({ DATABASE_URL: postgres.connectionString, KAFKA_BROKERS: kafka.brokers.join(',') });
  } finally {
    for (const stop of stops) {
      await stop();
    }
  }
}

async function main() {
  const builder = readBuilder();
  await untilReady(builder, 'standalone');
  await withRealParts((parts) =>
    untilReady(builder, 'email', {
      ...parts,
      BLOB_URL: '/data/blobs',
      CASE_TOKEN_SECRET: randomBytes(32).toString('hex'),
      OPS_KEY: `cwk_${randomBytes(24).toString('hex')}`,
      CASEWRIGHT_CONFIG_FILE: join(root, 'docker/casewright.yml'),
    }),
  );
}

main().catch((error) => {
  process.stderr.write(`✖ ${error instanceof CheckFailed ? error.message : error.stack}\n`);
  process.exitCode = 1;
});
