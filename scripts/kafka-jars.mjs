/**
 * Gets the jars of Apache Kafka with Maven into a cache folder outside the tree (44 MB, once), and finds java.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export const KAFKA_VERSION = '4.3.1';
const LEAST_JAVA = 17;

/** Said to the user as it is: one sentence that tells what to do. */
export class KafkaUnavailable extends Error {}

/** Runs a program to its end and hands back what it wrote; `code` is null when it could not be started. */
export function runProgram(program, programArguments, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, programArguments, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', () => resolve({ code: null, output }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** Path or name of a java that is new enough. */
export async function findJava() {
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
  const { code, output } = await runProgram(java, ['-version']);
  if (code !== 0) {
    throw new KafkaUnavailable(
      `Apache Kafka needs Java ${LEAST_JAVA} or newer and none was found: install one or set JAVA_HOME.`,
    );
  }
  const major = Number(/version "(\d+)/.exec(output)?.[1] ?? 0);
  if (major < LEAST_JAVA) {
    throw new KafkaUnavailable(
      `Apache Kafka needs Java ${LEAST_JAVA} or newer and this is ${major}: install a newer one or set JAVA_HOME.`,
    );
  }
  return java;
}

/** Folder that holds the jars, below CASEWRIGHT_CACHE or ~/.cache/casewright. */
export function jarsFolder() {
  return join(process.env.CASEWRIGHT_CACHE ?? join(homedir(), '.cache', 'casewright'), `kafka-${KAFKA_VERSION}`);
}

/** The folder with the jars; fetched when it is not there yet. Safe when several processes start at once. */
export async function fetchJars() {
  const folder = jarsFolder();
  if (existsSync(folder)) {
    return folder;
  }
  await mkdir(join(folder, '..'), { recursive: true });
  const work = await mkdtemp(`${folder}.part-`);
  try {
    await resolveWithMaven(work);
    await rename(join(work, 'jars'), folder).catch((error) => {
      if (!existsSync(folder)) {
        throw error;
      }
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return folder;
}

async function resolveWithMaven(work) {
  await writeFile(join(work, 'pom.xml'), pom());
  const goal = ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', '-DoutputDirectory=jars'];
  const { code, output } = await runProgram('mvn', goal, { cwd: work });
  if (code === null) {
    throw new KafkaUnavailable(
      'Apache Kafka is fetched with Maven and no mvn was found: install Maven, or set KAFKA_BROKERS to a running Kafka.',
    );
  }
  const jars = code === 0 ? await readdir(join(work, 'jars')) : [];
  if (!jars.some((name) => name.startsWith('kafka_'))) {
    const reason = output.split('\n').find((line) => line.includes('ERROR')) ?? `mvn ended with ${code}`;
    throw new KafkaUnavailable(`Maven could not get Apache Kafka ${KAFKA_VERSION}: ${reason.slice(0, 300)}`);
  }
}

// Kafka brings the slf4j API but no binding; without one a broker that refuses to start says nothing.
function pom() {
  const dependency = (group, artifact, version) =>
    `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
  return `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>casewright</groupId><artifactId>kafka-jars</artifactId><version>1</version>
  <dependencies>
    ${dependency('org.apache.kafka', 'kafka_2.13', KAFKA_VERSION)}
    ${dependency('org.apache.logging.log4j', 'log4j-slf4j-impl', '2.25.4')}
  </dependencies>
</project>
`;
}
