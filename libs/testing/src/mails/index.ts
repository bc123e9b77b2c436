export { aForward, allForwards, anOriginal, type ForwardedMail } from './a-forward.js';
export { aWinmail } from './a-winmail.js';
export { arbitraryMail } from './arbitrary-mail.js';
export { fixtureMail, fixtureMails } from './fixture-mails.js';
export { contentMeant, subjectMeant, writeMail, type WrittenMail, type WrittenPart } from './written-mail.js';
