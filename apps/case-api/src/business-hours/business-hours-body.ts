import { HOLIDAY, MOST_HOLIDAYS, MOST_INTERVALS, TIME, ZONE } from '#libs/case-domain';
import { WEEKDAYS } from '#libs/interaction';
import type { ApiBodyOptions } from '@nestjs/swagger';

const time = (pattern: string) => ({ type: 'string', pattern });
const nullOr = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });

/** What hours take; `readBusinessHours` reads them, for the configuration file too. */
export const HOURS_BODY = {
  required: true,
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['week'],
    properties: {
      time_zone: nullOr({
        type: 'string',
        pattern: ZONE.source,
        maxLength: 64,
        description: 'IANA name; that of the account unless told.',
        examples: ['Europe/Lisbon'],
      }),
      week: {
        type: 'array',
        maxItems: MOST_INTERVALS,
        description: 'Intervals of days; what goes on after midnight is of the next day. None: never.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['days', 'from', 'to'],
          properties: {
            days: { type: 'array', minItems: 1, maxItems: 7, items: { type: 'string', enum: [...WEEKDAYS] } },
            from: { ...time(TIME.source), examples: ['09:00'] },
            to: { ...time(`${TIME.source}|^24:00$`), examples: ['18:00'] },
          },
        },
        examples: [[{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' }]],
      },
      holidays: nullOr({
        type: 'array',
        maxItems: MOST_HOLIDAYS,
        description: 'Days on which nobody works; those of the account unless told.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['date'],
          properties: {
            date: { ...time(HOLIDAY.source), description: 'YYYY-MM-DD, or MM-DD of each year.', examples: ['12-25'] },
            name: { type: 'string', maxLength: 100, examples: ['Christmas'] },
          },
        },
      }),
    },
  },
} as ApiBodyOptions;
