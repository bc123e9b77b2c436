/** Where the log writes its few lines; pino fits. Secrets never reach it. */
export interface LogLogger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Says nothing. */
export const silentLogger: LogLogger = { debug() {}, info() {}, warn() {}, error() {} };
