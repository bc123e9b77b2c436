/** How the setup tells the test files where the real parts are. */
export const testEnvironment = {
  /** Connection string of the test server. */
  postgres: 'CASEWRIGHT_TEST_POSTGRES',
  /** Brokers of a real Apache Kafka; unset when there is none. */
  kafka: 'CASEWRIGHT_TEST_KAFKA',
  /** `1`: start Apache Kafka for this run. */
  startKafka: 'CASEWRIGHT_TEST_KAFKA_START',
  /** `1`: a missing real part is a failure. */
  requireReal: 'CASEWRIGHT_REQUIRE_REAL',
} as const;

/** Every migration set is applied to this database; test databases are copies of it. */
export const templateDatabase = 'casewright_template';
