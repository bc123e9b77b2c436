import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createKafkaLog, type KafkaLogOptions, type KafkaSasl } from '#libs/messaging';
import { startOwnKafka, testKafka, type OwnKafka } from '#libs/testing';

import { newTopic, orders, readAll } from './log-harness.js';

const account = { username: 'alice', password: 'correct horse' };

/** A token as the broker's handler of unsecured tokens wants it (RFC 7515 §A.5: no signature). */
function unsecuredToken(): string {
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  return `${part({ alg: 'none' })}.${part({ sub: 'alice', iat: now, exp: now + 600 })}.`;
}

(testKafka() ? describe : describe.skip)('Kafka with TLS and SASL', () => {
  let broker: OwnKafka;
  let tokens: Server;
  let tokenRequests: string[] = [];

  beforeAll(async () => {
    broker = await startOwnKafka({ users: [{ name: account.username, password: account.password }] });
    tokens = createServer(
      (request, response) => void answerToken(request, tokenRequests).then((body) => response.end(body)),
    );
    tokens.listen(0, '127.0.0.1');
    await once(tokens, 'listening');
  });

  afterAll(async () => {
    await new Promise((resolve) => tokens.close(resolve));
    await broker.stop();
  });

  const options = (overrides: Partial<KafkaLogOptions>): KafkaLogOptions => ({
    brokers: broker.secure?.sasl ?? [],
    tls: { ca: broker.secure?.ca ?? '' },
    clientId: 'security',
    ...overrides,
  });

  async function expectWorking(overrides: Partial<KafkaLogOptions>): Promise<void> {
    const log = await createKafkaLog(options(overrides));
    const topic = await newTopic(log);
    await log.publish(orders(topic, 3));
    expect(await readAll(log, topic)).toHaveLength(3);
    await log.close();
  }

  it('works over TLS alone', async () => {
    await expectWorking({ brokers: broker.secure?.tls ?? [] });
  });

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)('works with %s', async (mechanism) => {
    await expectWorking({ sasl: { mechanism, ...account } });
  });

  it('works with oauthbearer by a function', async () => {
    await expectWorking({ sasl: { mechanism: 'oauthbearer', token: async () => unsecuredToken() } });
  });

  it('works with oauthbearer by a token endpoint, asked once for many connections', async () => {
    const tokenEndpoint = `http://127.0.0.1:${(tokens.address() as AddressInfo).port}/token`;
    tokenRequests = [];
    const credentials = { tokenEndpoint, clientId: 'casewright', clientSecret: 's:ecret', scope: 'kafka' };
    await expectWorking({ sasl: { mechanism: 'oauthbearer', ...credentials } });
    const basic = Buffer.from('casewright:s%3Aecret').toString('base64');
    expect(tokenRequests[0]).toBe(`Basic ${basic} grant_type=client_credentials&scope=kafka`);
    expect(tokenRequests.length).toBeLessThanOrEqual(2);
  });

  it.each<[string, () => Partial<KafkaLogOptions>]>([
    ['a wrong password', () => ({ sasl: wrongPassword })],
    ['a certificate of somebody unknown', () => ({ tls: true, sasl: { mechanism: 'plain', ...account } })],
    ['a token that nobody issued', () => ({ sasl: { mechanism: 'oauthbearer', token: async () => 'nonsense' } })],
  ])('refuses to start with %s, and says no secret', async (_name, overrides) => {
    const lines: string[] = [];
    const note = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`);
    const logger = { debug: note, info: note, warn: note, error: note };
    const starting = createKafkaLog(options({ logger, ...overrides() }));
    await expect(starting).rejects.toBeInstanceOf(Error);
    const said = `${lines.join('\n')} ${String(await starting.catch((error: unknown) => error))}`;
    expect(said).not.toContain(account.password);
    expect(said).not.toContain(wrongPassword.password);
  });
});

const wrongPassword: KafkaSasl & { password: string } = {
  mechanism: 'scram-sha-512',
  username: account.username,
  password: 'battery staple',
};

async function answerToken(request: IncomingMessage, seen: string[]): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
  }
  seen.push(`${request.headers.authorization} ${body}`);
  return JSON.stringify({ access_token: unsecuredToken(), token_type: 'Bearer', expires_in: 600 });
}
