import { Integer, Many, One } from '../../resources/properties.js';
import { ProblemResource } from '../../resources/problem.resource.js';
import { CaseDetailResource } from '../case.resource.js';

/** What one item came to. */
export class BulkResultResource {
  @Integer({ description: 'Place of the item.', example: 0 }) index!: number;
  @Integer({ description: 'What the single request would have answered.', example: 200 }) status!: number;
  @One(() => CaseDetailResource, { required: false, description: 'The case as it was then.' })
  case?: CaseDetailResource;
  @One(() => ProblemResource, { required: false, description: 'Its pointers lead into the item.' })
  problem?: ProblemResource;
}

export class BulkResultsResource {
  @Many(() => BulkResultResource) results!: BulkResultResource[];
}
