import { expect, it } from "vitest";
import { compile } from "../../src/content/compile.ts";

it("refuses a file without front matter", () => {
  const { file } = compile("a.md", "hello", { channel: undefined as never, media: {}, slugs: {} });
  expect(file.messages).toHaveLength(1);
});
