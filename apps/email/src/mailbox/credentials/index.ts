export { explainLoginRefusal } from './explain-refusal.js';
export { obtainCredentials, type CredentialTools, type Credentials, type MailboxLogin } from './obtain-credentials.js';
export { watchSecrets, type SecretHolder } from './watch-secrets.js';
