import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { BuildReport } from "../../../src/cli/content/build-content.ts";
import {
  isReportExpected,
  receiveReports,
  sendReport,
  showsDrafts,
} from "../../../src/cli/wrangler/rebuild-reports.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "feedwright-"));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const REPORT: BuildReport = { isBuilt: false, messages: "content/ä.md\n1:1 error", summary: "Not built." };

const stubEnvironment = (env: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
};

it("a build reports to the server that started it", async () => {
  const received: BuildReport[] = [];
  expect(isReportExpected()).toBe(false);
  {
    using reports = await receiveReports(join(folder, "x.sock"), false, (report) => received.push(report));
    stubEnvironment(reports.env);
    expect(isReportExpected()).toBe(true);
    await sendReport(REPORT);
    await sendReport(REPORT);
    expect(received).toEqual([REPORT, REPORT]);
  }
  await expect(sendReport(REPORT)).rejects.toThrow();
});

it("a build shows drafts only if the server that started it does", async () => {
  for (const hasDrafts of [true, false]) {
    using reports = await receiveReports(join(folder, "x.sock"), hasDrafts, () => {});
    stubEnvironment(reports.env);
    expect(showsDrafts()).toBe(hasDrafts);
  }
});

it("a report that is cut off, or none, is passed over", async () => {
  const received: BuildReport[] = [];
  using reports = await receiveReports(join(folder, "x.sock"), false, (report) => received.push(report));
  stubEnvironment(reports.env);
  for (const bytes of [JSON.stringify(REPORT).slice(0, -9), "", "{}"])
    await once(connect(join(folder, "x.sock")).end(bytes), "close");
  await sendReport(REPORT);
  expect(received).toEqual([REPORT]);
});
