// `feedwright/http`: HTTP's rules for whoever serves documents: RFC 9110, 3229, 9457.

export { acceptsFeedDelta, deltaHeaders } from "../http/a-im.ts";
export { type Coding, chooseCoding } from "../http/accept-encoding.ts";
export { evaluatePreconditions, type PreconditionResult, type Validators } from "../http/conditional.ts";
export { formatHttpDate, parseHttpDate } from "../http/date.ts";
export { matchesStrongly, matchesWeakly, parseEntityTags } from "../http/etag.ts";
export { createNegotiator } from "../http/negotiate.ts";
export { createProblem, PROBLEM_JSON, type Problem, type ProblemStatus, problemResponse } from "../http/problem.ts";
export {
  type ByteRange,
  contentRange,
  selectRange,
  sliceStream,
  unsatisfiedContentRange,
} from "../http/range.ts";
