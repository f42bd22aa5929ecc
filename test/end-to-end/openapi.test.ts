import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkMapping } from "../../src/content/schema/mapping.ts";
import { draftSchema } from "../../src/content/schema/story-schema.ts";
import { describeApi } from "../../src/routes/api/openapi.ts";
import { type ApiOperation, operations } from "../../src/routes/api/operations.ts";
import { GIF } from "../fixtures/publication.ts";
import {
  createWorkplace,
  freePort,
  GIVE_UP_AFTER_MS,
  type Serving,
  serve,
  untilAvailable,
  type Workplace,
} from "./workplace.ts";

// What /api/openapi.json says, against what the newsroom does over real HTTP; and the commands of docs/newsroom.md.

let workplace: Workplace;
let serving: Serving;
let token: string;

beforeAll(async () => {
  workplace = createWorkplace();
  const port = await freePort();
  serving = await serve(workplace, `npm run start:newsroom -- --port ${port}`, port);
  token = /^token: (\S+)$/m.exec(serving.output())?.[1] ?? "";
});

afterAll(async () => {
  await serving?.stop();
  workplace?.remove();
});

type Json = Readonly<Record<string, unknown>>;

interface Content {
  readonly schema?: { readonly $ref: string };
  readonly example?: unknown;
}

interface Answer {
  readonly $ref?: string;
  readonly headers?: Json;
  readonly content?: Readonly<Record<string, Content>>;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly example?: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, Answer>>;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: Readonly<Record<string, Answer>> };
}

const schemasOf = (document: object): Ajv2020 => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  return ajv.addSchema(document, "api");
};

const described = describeApi({ title: "T", url: "https://example.org" });

const schemaErrors = (ajv: Ajv2020, name: string, value: unknown): string =>
  ajv.validate({ $ref: `api${name}` }, value) ? "" : ajv.errorsText();

it("the description is valid OpenAPI 3.1", async () => {
  expect(await new Validator().validate(structuredClone(described))).toMatchObject({ valid: true });
});

describe("the description", () => {
  let served: Description;
  let ajv: Ajv2020;
  beforeAll(async () => {
    served = await (await untilAvailable(() => fetch(`${serving.url}/api/openapi.json`))).json();
    ajv = schemasOf(served);
  });

  const tryExample = async (
    path: string,
    method: string,
    operation: Operation,
    type: string,
    body: Content | undefined,
  ) => {
    const parameters = operation.parameters ?? [];
    const address = parameters.reduce(
      (one, { in: place, name, example = "" }) => (place === "path" ? one.replace(`{${name}}`, example) : one),
      path,
    );
    const query = new URLSearchParams(
      parameters.flatMap(({ in: place, name, example }) =>
        place === "query" && example !== undefined ? [[name, example]] : [],
      ),
    );
    const { example = GIF } = body ?? {};
    const content = typeof example === "string" || example instanceof Uint8Array ? example : JSON.stringify(example);
    const response = await untilAvailable(() =>
      fetch(`${serving.url}${address}?${query}`, {
        method: method.toUpperCase(),
        headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": type }), connection: "close" },
        ...(body && { body: content }),
      }),
    );
    const answer = operation.responses[response.status];
    expect(answer, `${method} ${path}: ${response.status} ${await response.clone().text()}`).toBeDefined();
    const { content: contents, headers = {} } =
      answer?.$ref === undefined
        ? (answer ?? {})
        : (served.components.responses[answer.$ref.replace(/^.*\//, "")] ?? {});
    if (response.ok) {
      const missing = Object.keys(headers).filter(
        (name) => name !== "Idempotent-Replayed" && !response.headers.has(name),
      );
      expect(missing).toEqual([]);
    }
    const given = (response.headers.get("content-type") ?? "").replace(/;.*$/, "");
    const expected = contents?.[given] ?? contents?.["*/*"];
    expect(expected === undefined, `${method} ${path}: ${given}`).toBe(contents === undefined);
    if (expected?.schema !== undefined) {
      expect(schemaErrors(ajv, expected.schema.$ref, await response.json()), `${method} ${path}`).toBe("");
    }
    return `${operation.operationId} ${response.status}`;
  };

  it("has an example for every route, whose answer is as it says", async () => {
    const results: string[] = [];
    for (const [name, { method, pattern }] of Object.entries<ApiOperation>(operations)) {
      const [path = "", methods = {}] =
        Object.entries(served.paths).find(([, one]) => one[method]?.operationId === name) ?? [];
      const operation = methods[method];
      if (operation === undefined) throw new Error(`${name} (${pattern}) is not described`);
      const bodies = Object.entries(operation.requestBody?.content ?? {}).filter(([type]) => type !== "text/plain");
      for (const [type, body] of bodies.length === 0 ? ([["", undefined]] as const) : bodies) {
        results.push(await tryExample(path, method, operation, type, body));
      }
    }
    // Nobody has subscribed here.
    expect(results.filter((one) => !/ 2\d\d$/.test(one))).toEqual(["redeliver 404", "endSubscriptions 404"]);
    expect(new Set(results.map((one) => one.replace(/ .*/, ""))).size).toBe(Object.keys(operations).length);
  });

  it.each<[string, string, string, BodyInit | undefined, number]>([
    ["PUT", "/api/items/x", "application/json", '{"tgas":[1],"image":{}}', 422],
    ["PUT", "/api/items/x", "text/markdown", "---\ntgas: x\n---\n\n[x](none.md)\n", 422],
    ["POST", "/api/items", "text/html", "<p>", 415],
    ["PATCH", "/api/items/none", "application/json", "{}", 404],
    ["PUT", "/api/partners/acme", "application/json", '{"formats":["none"]}', 422],
  ])("has the refusal of %s %s as %s", async (method, path, type, body, status) => {
    const response = await untilAvailable(() =>
      fetch(serving.url + path, {
        ...{ method, body: body ?? null },
        headers: { authorization: `Bearer ${token}`, "content-type": type, connection: "close" },
      }),
    );
    expect([response.status, response.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
    const problem: { errors?: readonly Json[] } = await response.clone().json();
    expect(schemaErrors(ajv, "#/components/schemas/Problem", problem)).toBe("");
    if (!path.startsWith("/api/items/x")) return;
    for (const error of problem.errors ?? []) expect(schemaErrors(ajv, "#/components/schemas/Message", error)).toBe("");
  });
});

describe("the schema of a story agrees with the compiler", () => {
  const ajv = schemasOf(described);
  const valid = { id: "tag:x,2026:x" };

  it.each<[Json, boolean]>([
    [{}, true],
    [{ title: "" }, true],
    [{ title: 1 }, false],
    [{ tags: ["a"] }, true],
    [{ tags: "a" }, false],
    [{ tags: Array.from({ length: 101 }, () => "a") }, false],
    [{ authors: ["staff", { name: "N", url: "https://x.example/", email: "n@x.example" }] }, true],
    [{ authors: [{ email: "n@x.example" }] }, false],
    [{ image: { src: "media/a.png", alt: "", width: 1 } }, true],
    [{ image: { src: "media/a.png" } }, false],
    [{ image: { src: "media/a.png", alt: "", w: 1 } }, false],
    [{ attachments: [{ src: "media/a.mp3", duration: 1.5, length: 3 }] }, true],
    [{ attachments: [{ src: "media/a.mp3", duration: -1 }] }, false],
    [{ pictures: [{ src: "media/a.png", distributable: false }] }, true],
    [{ pictures: [{ src: "media/a.png" }] }, false],
    [{ published: "2026-01-01T00:00:00Z" }, true],
    [{ published: "2026-01-01" }, false],
    [{ canonical: "https://x.example/" }, true],
    [{ canonical: "x" }, false],
    [{ source: { title: "T" } }, true],
    [{ source: { url: "https://x.example/" } }, false],
    [{ usage: { "ai-train": "no", search: true } }, true],
    [{ usage: { "ai-train": "perhaps" } }, false],
    [{ republish: "yes" }, true],
    [{ feeds: false }, true],
    [{ feeds: ["a"] }, true],
    [{ feeds: true }, false],
    [{ draft: "yes" }, false],
    [{ withdrawn: { at: "2026-01-01T00:00:00Z", reason: "R" } }, true],
    [{ withdrawn: { reason: "R" } }, false],
    [{ corrections: [{ at: "2026-01-01T00:00:00Z", note: "N" }] }, true],
    [{ corrections: { at: "2026-01-01T00:00:00Z", note: "N" } }, false],
    [{ unknown: 1 }, false],
  ])("on %j", (keys, isValid) => {
    const story = { ...valid, ...keys };
    expect([
      checkMapping(draftSchema, story).issues.length === 0,
      schemaErrors(ajv, "#/components/schemas/Story", story) === "",
    ]).toEqual([isValid, isValid]);
  });
});

describe("docs/newsroom.md, below Write through the API,", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/newsroom.md"), "utf8");
  const section = /^### Write through the API\n([\s\S]*?)^##/m.exec(page)?.[1] ?? "";
  const commands = Array.from(section.matchAll(/^```sh\n([\s\S]*?)^```/gm), ([, block = ""]) => block);

  it("has commands that do what it says", () => {
    expect(commands.length).toBeGreaterThan(2);
    const outputs = commands.map((command) => {
      const { status, stdout, stderr } = spawnSync(
        "sh",
        ["-ec", command.replaceAll("http://localhost:8787", serving.url)],
        {
          ...{ cwd: workplace.folder, encoding: "utf8", timeout: GIVE_UP_AFTER_MS },
          env: { ...process.env, PUBLISH_TOKEN: token },
        },
      );
      expect({ command, status, stderr }).toEqual({ command, status: 0, stderr: "" });
      return stdout;
    });
    expect(outputs[0]).toContain('"slug":"embassy-reopens"');
    expect(outputs.at(-1)).toContain('"openapi":"3.1.0"');
  });
});
