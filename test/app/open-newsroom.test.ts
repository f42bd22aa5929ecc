import { expect, it } from "vitest";
import { openNewsroom } from "../../src/app/open-newsroom.ts";
import { dependenciesOf } from "./support/dependencies.ts";

it.each([
  ["another store", { STORE: "bundled" }, /STORE is `bundled`.*Set STORE = "d1", or main = "src\/worker\.ts"/],
  ["no database", { STORE: "d1" }, /bind one as DB in wrangler\.toml/],
  ["no database, and STORE left out", {}, /bind one as DB in wrangler\.toml/],
])("the newsroom does not start with %s, and says what to change", async (_, bindings, message) => {
  const dependencies = await dependenciesOf({}, bindings);
  expect(() => openNewsroom(dependencies)).toThrow(message);
});
