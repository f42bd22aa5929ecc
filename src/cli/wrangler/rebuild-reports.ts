import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { isRecord } from "../../lib/is-record.ts";
import type { BuildReport } from "../content/build-content.ts";

// While content/ is served, wrangler runs the build command whenever content/ changes. What the command prints is lost, because
// wrangler prints only warnings and errors here: so the command sends its report to the process that started wrangler.

/** The environment variable with the path of the socket (Unix domain) on which that process listens. */
const SOCKET = "FEEDWRIGHT_REPORT_SOCKET";

/** The environment variable that has the build command show drafts: it counts only beside the socket. */
const DRAFTS = "FEEDWRIGHT_DRAFTS";

/** The environment variable that tells the build command that content/ was built a moment ago. */
const IS_BUILT = "FEEDWRIGHT_IS_BUILT";

/** The environment of a wrangler that starts right after a build: its build command has nothing to do. */
export const AS_BUILT: Readonly<Record<string, string>> = { [IS_BUILT]: "1" };

/** Whether the process that started wrangler has built content/ already. */
export const isBuiltAlready = (): boolean => process.env[IS_BUILT] === AS_BUILT[IS_BUILT];

const isReport = (value: unknown): value is BuildReport =>
  isRecord(value) &&
  typeof value.isBuilt === "boolean" &&
  typeof value.messages === "string" &&
  typeof value.summary === "string";

/** Reads what a build sent; undefined if it was cut off on the way. */
const readReport = async (socket: Socket): Promise<BuildReport | undefined> => {
  try {
    const report: unknown = JSON.parse(await text(socket));
    return isReport(report) ? report : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Listens for reports on a socket at `path`, until it is disposed of. `env` tells builds of the socket, and whether they show what
 * readers do not see yet.
 */
export const receiveReports = async (path: string, hasDrafts: boolean, onReport: (report: BuildReport) => void) => {
  const server = createServer(async (socket) => {
    const report = await readReport(socket);
    if (report !== undefined) onReport(report);
  });
  server.listen(path);
  await once(server, "listening");
  return { env: { [SOCKET]: path, [DRAFTS]: hasDrafts ? "1" : "" }, [Symbol.dispose]: () => void server.close() };
};

/** Whether the process that started wrangler listens for a report of this one. */
export const isReportExpected = (): boolean => process.env[SOCKET] !== undefined;

/** Whether that process shows what readers do not see yet. */
export const showsDrafts = (): boolean => process.env[DRAFTS] === "1";

/** Sends a report to the process that listens. Rejects if it has ended. */
export const sendReport = async (report: BuildReport): Promise<void> => {
  const socket = connect(process.env[SOCKET] ?? "");
  await once(socket.end(JSON.stringify(report)), "close");
};
