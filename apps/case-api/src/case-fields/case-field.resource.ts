import { CUSTOM_FIELD_TYPES, type CustomFieldOption, type CustomFieldType } from '#libs/case-domain';
import type { CaseFieldView } from '#libs/case-store';
import { Instant, Integer, Many, One, OneOf, Text, Truth, Uuid } from '../resources/properties.js';
import { PageResource } from '../resources/shared.resource.js';

export class CaseFieldOptionResource {
  @Text({ description: 'What a value names it by.', example: 'table_lamp' }) key!: string;
  @Text({ example: 'Table lamp' }) label!: string;
  @Truth({ description: 'It can be chosen.' }) active!: boolean;
  @Many(() => CaseFieldOptionResource, { description: 'Of a `dependent_field`: what is chosen next.' })
  children!: CaseFieldOptionResource[];
}

export class CaseFieldResource {
  @Uuid() id!: string;
  @Text({ description: 'What cases have the value under in `custom_fields`; never changes.', example: 'model' })
  key!: string;
  @Text({ example: 'Model' }) label!: string;
  @OneOf(CUSTOM_FIELD_TYPES, { description: 'What its values are; never changes.' }) type!: CustomFieldType;
  @Text({ example: 'As it stands on the back.' }) description!: string;
  @Truth({ description: 'A case is not resolved by hand without it.' }) required!: boolean;
  @Truth({ description: 'It takes values.' }) active!: boolean;
  @Integer({ description: 'Order among the fields.', example: 1 }) position!: number;
  @Many(() => CaseFieldOptionResource) options!: CaseFieldOptionResource[];
  @OneOf(['api', 'file']) managed_by!: 'api' | 'file';
  @Integer({ description: 'Rises by 1 with every change; the ETag.', example: 3 }) version!: number;
  @Instant() created_at!: string;
  @Instant() updated_at!: string;
}

export class CaseFieldListResource {
  @Many(() => CaseFieldResource) data!: CaseFieldResource[];
  @One(() => PageResource) page!: PageResource;
}

/** All fields are managed by the API: the configuration file declares none. */
export function caseFieldResourceOf(field: CaseFieldView): CaseFieldResource {
  return {
    id: field.id,
    key: field.key,
    label: field.label,
    type: field.type,
    description: field.description,
    required: field.required,
    active: field.active,
    position: field.position,
    options: field.options.map(optionResourceOf),
    managed_by: 'api',
    version: field.version,
    created_at: field.createdAt.toISOString(),
    updated_at: field.updatedAt.toISOString(),
  };
}

function optionResourceOf({ key, label, active, children }: CustomFieldOption): CaseFieldOptionResource {
  return { key, label, active, children: children.map(optionResourceOf) };
}
