import { expectTypeOf, test } from "vitest";
import { createNewsroom, type Env, type SiteWorker, type WorkerOptions } from "../../src/exports/newsroom.ts";
import type * as reading from "../../src/index.ts";

test("createNewsroom takes and gives what createWorker does", () => {
  expectTypeOf(createNewsroom).toEqualTypeOf<typeof reading.createWorker>();
  expectTypeOf<[Env, SiteWorker, WorkerOptions]>().toEqualTypeOf<
    [reading.Env, reading.SiteWorker, reading.WorkerOptions]
  >();
});
