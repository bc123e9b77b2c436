import type { Pool } from 'pg';
import { createEmbeddedLog, createKafkaLog, kafkaOptionsFrom, silentLogger, type EventLog } from '#libs/messaging';
import type { Installation } from './find-installation.js';

/** The log that the installation uses: Kafka when it has brokers, else the one in its database. */
export async function openLog(installation: Installation, pool: Pool): Promise<EventLog> {
  const { brokers, configuration, databaseUrl } = installation;
  return brokers.length > 0
    ? createKafkaLog(await kafkaOptionsFrom({ ...configuration.kafka, brokers: [...brokers] }, silentLogger))
    : createEmbeddedLog({ pool, connectionString: databaseUrl ?? '' });
}
