import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorkplace, run, type Workplace } from "./workplace.ts";

let workplace: Workplace;

beforeAll(() => {
  workplace = createWorkplace();
});

afterAll(() => workplace?.remove());

const DEPLOYMENTS = [
  ["deploy", "env.VERSION", "env.DB"],
  ["deploy:newsroom", "env.DB", "never"],
] as const;

describe.each(DEPLOYMENTS)("npm run %s -- --dry-run", (name, binding, otherBinding) => {
  it("builds content/ once and has wrangler do all but the upload, with nothing to warn of", () => {
    const { status, output } = run(workplace, `npm run ${name} -- --dry-run`);
    expect(output).toContain(binding);
    expect(output).not.toContain(otherBinding);
    expect(output.match(/Built content\//g)).toHaveLength(1);
    expect(output).toContain("--dry-run: exiting now");
    expect(output).not.toContain("WARNING");
    expect(output).toContain("no reader can reach https://feedwright.example.");
    expect(status).toBe(0);
  });
});

it("npm run deploy stops at an error in content/, with the compiler's messages, before wrangler starts", () => {
  writeFileSync(join(workplace.folder, "content/broken.md"), "---\ntitel: x\n---\n\nText.\n");
  const { status, output } = run(workplace, "npm run deploy -- --dry-run");
  expect(output).toMatch(/content\/broken\.md[\s\S]*`titel` is not a known key/);
  expect(output).toContain("content/ was not built: mend the errors above.");
  expect(output).not.toContain("custom build");
  expect(status).toBe(1);
});
