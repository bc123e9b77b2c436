import { createRequire } from 'node:module';

interface ClusterClass {
  readonly prototype: { findGroupCoordinatorMetadata: (question: unknown) => Promise<unknown> };
}

let isPatient = false;

/**
 * kafkajs 2.2.4 ends a consumer for good when the connections break just while it asks who coordinates its group: it
 * takes an answer that nobody gave for one that will never come. Marked as what it is, a failure that passes, it makes
 * the consumer start again like after any other lost connection.
 */
export function patientCoordinatorSearch(): void {
  if (isPatient) {
    return;
  }
  isPatient = true;
  const load = createRequire(import.meta.url);
  const { prototype } = load('kafkajs/src/cluster') as ClusterClass;
  const find = prototype.findGroupCoordinatorMetadata;
  prototype.findGroupCoordinatorMetadata = async function findPatiently(question) {
    try {
      return await find.call(this, question);
    } catch (error) {
      throw error instanceof Error && error.name === 'KafkaJSGroupCoordinatorNotFound'
        ? Object.assign(error, { retriable: true })
        : error;
    }
  };
}
