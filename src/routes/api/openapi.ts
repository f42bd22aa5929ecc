import { createProblem, PROBLEM_JSON, type ProblemStatus } from "../../http/problem.ts";
import type { Channel } from "../../model/channel.ts";
import { patterns } from "../url-map.ts";
import { mapValues } from "./map-values.ts";
import { type ApiAnswer, type ApiBody, type ApiOperation, COMMON_REFUSALS, operations } from "./operations.ts";
import { schemas } from "./schemas.ts";

type Json = Readonly<Record<string, unknown>>;

const ref = (kind: string, name: string): Json => ({ $ref: `#/components/${kind}/${name}` });

/** The path of a route as OpenAPI writes it. */
export const openApiPath = (pattern: string): string => pattern.replace(/:(\w+)\+?/g, "{$1}");

const text: Json = { type: "string" };

const contentOf = (content: Readonly<Record<string, ApiBody>>): Json =>
  mapValues(content, ({ schema, example }) => ({
    ...(schema !== undefined && { schema: ref("schemas", schema) }),
    ...(example !== undefined && { example }),
  }));

const describeAnswer = ({ description, content, headers = [] }: ApiAnswer): Json => ({
  description,
  ...(headers.length > 0 && {
    headers: Object.fromEntries(
      headers.map((name) => [name === "IdempotentReplayed" ? "Idempotent-Replayed" : name, ref("headers", name)]),
    ),
  }),
  ...(content && { content: contentOf(content) }),
});

/** The status codes of refusals of a route. */
export const refusalsOf = ({ role, refusals }: ApiOperation): readonly ProblemStatus[] =>
  [...(role === undefined ? [] : COMMON_REFUSALS), ...refusals].toSorted((a, b) => a - b);

const describeOperation = (name: string, operation: ApiOperation): Json => {
  const { pattern, summary, role, example, query = {}, headers = [], body, answers } = operation;
  const inPath = Array.from(patterns[pattern].matchAll(/:(\w+)/g), ([, parameter = ""]) => parameter);
  const parameters = [
    ...inPath.map((parameter) => ({ name: parameter, in: "path", required: true, schema: text, example })),
    ...Object.entries(query).map(([parameter, details]) => ({
      name: parameter,
      in: "query",
      schema: text,
      ...details,
    })),
    ...headers.map((header) => ref("parameters", header)),
  ];
  return {
    operationId: name,
    summary,
    ...(role === undefined ? { security: [] } : { description: `Role: ${role}.` }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { content: contentOf(body), required: operation.method !== "delete" } }),
    responses: {
      ...mapValues(answers, describeAnswer),
      ...Object.fromEntries(refusalsOf(operation).map((status) => [status, ref("responses", `Problem${status}`)])),
    },
  };
};

const STATUSES: readonly ProblemStatus[] = [400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429, 500, 503];

const HEADERS_OF: Readonly<Partial<Record<ProblemStatus, readonly string[]>>> = {
  401: ["WWW-Authenticate"],
  412: ["ETag"],
  415: ["Accept-Post", "Accept-Patch"],
  428: ["ETag"],
  429: ["Retry-After"],
  503: ["Retry-After"],
};

const problemOf = (status: ProblemStatus): Json => ({
  description: createProblem(status, "").title,
  headers: Object.fromEntries((HEADERS_OF[status] ?? []).map((name) => [name, { schema: text }])),
  content: { [PROBLEM_JSON]: { schema: ref("schemas", "Problem") } },
});

const headerParameter = (name: string, description: string): Json => ({
  name,
  in: "header",
  schema: text,
  description,
});

const components: Json = {
  schemas,
  securitySchemes: { token: { type: "http", scheme: "bearer", description: "An editor's token, or the owner's." } },
  parameters: {
    IfMatch: headerParameter("If-Match", "The ETag of the version that is changed."),
    IfNoneMatch: headerParameter(
      "If-None-Match",
      "Of a write `*`: only creates, never replaces. Of a GET: the ETag that it has.",
    ),
    IdempotencyKey: headerParameter(
      "Idempotency-Key",
      "The same request, sent again within a day, gets the same answer.",
    ),
  },
  headers: {
    ETag: { schema: text, description: "The version, for If-Match." },
    Location: { schema: { type: "string", format: "uri" }, description: "The story in the API." },
    IdempotentReplayed: { schema: { const: "true" }, description: "The answer is that to an earlier request." },
  },
  responses: Object.fromEntries(STATUSES.map((status) => [`Problem${status}`, problemOf(status)])),
};

/** The description of the API of a publication: an OpenAPI 3.1 document. */
export const describeApi = ({ title, url }: Pick<Channel, "title" | "url">): Json => {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, operation] of Object.entries<ApiOperation>(operations)) {
    const path = openApiPath(patterns[operation.pattern]);
    paths[path] = { ...paths[path], [operation.method]: describeOperation(name, operation) };
  }
  return {
    openapi: "3.1.0",
    info: { title: `The newsroom of ${title}`, version: "1" },
    servers: [{ url }],
    security: [{ token: [] }],
    paths,
    components,
  };
};
