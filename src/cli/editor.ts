import { isRecord } from "../lib/is-record.ts";
import { CommandError, defineCommand, readArguments, runCommand } from "./command.ts";
import { createNewsroomClient, type NewsroomClient, readJson } from "./newsroom/newsroom-client.ts";

const USAGE = `Usage: npm run editor -- list --to https://example.org
       npm run editor -- add NAME ROLE --to https://example.org     (ROLE: write, publish, withdraw or owner)
       npm run editor -- revoke NAME --to https://example.org
       npm run editor -- end-previews --to https://example.org      (all preview links, whoever made them)`;

const encodeJson = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** Sends a change and returns what the newsroom answers. Throws CommandError if it refuses. */
const change = async (
  newsroom: NewsroomClient,
  method: "DELETE" | "PUT",
  path: string,
  body?: Uint8Array,
): Promise<Readonly<Record<string, unknown>>> => {
  const response = await newsroom.request(method, path, body);
  const answer: unknown = response.status === 204 ? {} : await readJson(response);
  if (!isRecord(answer)) throw new CommandError(String(response.status));
  if (!response.ok) throw new CommandError(`${response.status} ${String(answer.detail)}`);
  return answer;
};

/** Lists, adds and revokes the editors of a newsroom, and ends their preview links. */
export const editor = defineCommand(USAGE, async (args) => {
  const options = { to: { type: "string" } } as const;
  const { values, positionals } = readArguments({ args, options, allowPositionals: true }, USAGE);
  const [action, name = "", role = ""] = positionals;
  const isAboutOne = (action === "add" || action === "revoke") && name !== "";
  const isAboutAll = (action === "list" || action === "end-previews") && positionals.length === 1;
  if (!isAboutOne && !isAboutAll) throw new CommandError(USAGE);
  const newsroom = createNewsroomClient(values.to);
  const address = `/api/editors/${encodeURIComponent(name)}`;
  if (action === "list") {
    console.log(JSON.stringify({ editors: await newsroom.listEditors() }, null, 2));
  } else if (action === "add") {
    const answer = await change(newsroom, "PUT", address, encodeJson({ role }));
    console.log(`${name} may ${role}. The token, shown this once:\n${String(answer.token)}`);
  } else if (action === "revoke") {
    await change(newsroom, "DELETE", address);
    console.log(`${name} is revoked, from now on.`);
  } else {
    await change(newsroom, "DELETE", "/api/previews");
    console.log("All preview links have ended, from now on.");
  }
  return true;
});

if (import.meta.main) await runCommand(editor);
