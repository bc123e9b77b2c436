import type { BusinessHoursView } from '#libs/case-store';
import type { BusinessHours, OpenInterval, Weekday } from '#libs/interaction';
import { WEEKDAYS } from '#libs/interaction';
import { ApiProperty } from '@nestjs/swagger';
import { Instant, Integer, Many, OneOf, Text, Truth } from '../resources/properties.js';

export class OpenIntervalResource {
  @ApiProperty({ type: [String], enum: WEEKDAYS }) days!: Weekday[];
  @Text({ example: '09:00' }) from!: string;
  @Text({ description: '`24:00` is the end of the day.', example: '18:00' }) to!: string;
}

export class HolidayResource {
  @Text({ description: 'YYYY-MM-DD, or MM-DD of each year.', example: '12-25' }) date!: string;
  @Text({ example: 'Christmas' }) name!: string;
}

export class BusinessHoursResource {
  @Text({ description: 'IANA name.', example: 'Europe/Lisbon' }) time_zone!: string;
  @Many(() => OpenIntervalResource) week!: OpenIntervalResource[];
  @Many(() => HolidayResource) holidays!: HolidayResource[];
  @Truth({ description: 'False: nothing was said here, and these are the hours of the account, or the usual ones.' })
  own!: boolean;
  @OneOf(['api', 'file']) managed_by!: 'api' | 'file';
  @Integer({ description: 'Rises by 1 with every change; the ETag. 0 while nothing was said.', example: 3 })
  version!: number;
  @Instant({ nullable: true }) updated_at!: string | null;
}

/** The hours that count, and what was stored of them. */
export function businessHoursResourceOf(
  { timeZone, week, holidays }: BusinessHours,
  stored: BusinessHoursView | null,
): BusinessHoursResource {
  return {
    time_zone: timeZone,
    week: week.map(({ days, from, to }: OpenInterval) => ({ days: [...days], from, to })),
    holidays: holidays.map(({ date, name }) => ({ date, name })),
    own: stored !== null,
    managed_by: stored?.managedBy ?? 'api',
    version: stored?.version ?? 0,
    updated_at: stored?.updatedAt.toISOString() ?? null,
  };
}
