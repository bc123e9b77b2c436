import { sentWithPassword, type DirectoryVendor } from '../vendor.js';
import { PipedriveSettings } from './settings.js';

/** Pipedrive, which sends user and password along. */
export const pipedriveVendor: DirectoryVendor<PipedriveSettings> = {
  settingsWith: (password) => Object.assign(new PipedriveSettings(), { basic: { user: 'casewright', password } }),
  sign: (request, connection) => sentWithPassword(request, connection, connection.settings.basic),
};
