/**
 * TLS and SASL listeners of a local Apache Kafka, as tests need them: a self-signed certificate made with the JDK's
 * keytool, PLAIN and SCRAM users, OAUTHBEARER with the broker's own handler of unsecured tokens. Never for production.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runProgram } from './kafka-jars.mjs';

const STORE_PASSWORD = 'local-tests-only';
const STORE_NAME = 'broker.p12';

/** Makes the key store in `dataDirectory` when it is missing; resolves the certificate as PEM. */
export async function createCertificate(java, dataDirectory) {
  const keytool = java === 'java' ? 'keytool' : join(dirname(java), 'keytool');
  const store = join(dataDirectory, STORE_NAME);
  const access = ['-alias', 'broker', '-keystore', store, '-storetype', 'PKCS12', '-storepass', STORE_PASSWORD];
  const names = ['-dname', 'CN=localhost', '-ext', 'SAN=dns:localhost,ip:127.0.0.1', '-ext', 'BC=ca:true'];
  if (!existsSync(store)) {
    const made = await runProgram(keytool, [
      '-genkeypair',
      '-keyalg',
      'EC',
      '-groupname',
      'secp256r1',
      '-validity',
      '30',
      ...access,
      ...names,
    ]);
    if (made.code !== 0) {
      throw new Error(`keytool could not make a certificate: ${made.output.trim()}`);
    }
    const certificate = join(dataDirectory, 'broker.pem');
    await runProgram(keytool, ['-exportcert', '-rfc', '-file', certificate, ...access]);
  }
  return readFile(join(dataDirectory, 'broker.pem'), 'utf8');
}

/**
 * Broker properties of the two listeners: TLS (encryption only) and SECURE (TLS and SASL).
 * `users` is a list of { name, password }.
 */
export function securityProperties(dataDirectory, users) {
  const modules = 'org.apache.kafka.common.security';
  const login = (module, options) => `${modules}.${module} required ${options};`;
  const plainUsers = users.map(({ name, password }) => `user_${name}="${password}"`).join(' ');
  const jaas = {
    plain: login('plain.PlainLoginModule', plainUsers),
    'scram-sha-256': login('scram.ScramLoginModule', ''),
    'scram-sha-512': login('scram.ScramLoginModule', ''),
    oauthbearer: login('oauthbearer.OAuthBearerLoginModule', 'unsecuredLoginStringClaim_sub="broker"'),
  };
  return {
    'ssl.keystore.type': 'PKCS12',
    'ssl.keystore.location': join(dataDirectory, STORE_NAME),
    'ssl.keystore.password': STORE_PASSWORD,
    'listener.name.secure.sasl.enabled.mechanisms': Object.keys(jaas).join(',').toUpperCase(),
    ...Object.fromEntries(
      Object.entries(jaas).map(([mechanism, value]) => [`listener.name.secure.${mechanism}.sasl.jaas.config`, value]),
    ),
  };
}

/** Arguments of `StorageTool format` that create the SCRAM users. */
export function scramArguments(users) {
  return users.flatMap(({ name, password }) =>
    ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
      '--add-scram',
      `${mechanism}=[name=${name},password=${password}]`,
    ]),
  );
}
