export { explainLoginRefusal } from './explain-refusal.js';
export { obtainCredentials, type CredentialTools, type Credentials, type MailboxLogin } from './obtain-credentials.js';
