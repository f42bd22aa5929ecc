import { isRecord } from "../lib/is-record.ts";
import { type Command, CommandError, readArguments, runCommand } from "./command.ts";
import { createNewsroomClient, readJson } from "./newsroom/newsroom-client.ts";

const USAGE = `Usage: npm run editor -- list --to https://example.org
       npm run editor -- add NAME ROLE --to https://example.org     (ROLE: write, publish, withdraw or owner)
       npm run editor -- revoke NAME --to https://example.org`;

const encodeJson = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** Lists, adds and revokes the editors of a newsroom. */
export const editor: Command = async (args) => {
  const options = { to: { type: "string" } } as const;
  const { values, positionals } = readArguments({ args, options, allowPositionals: true }, USAGE);
  const [action, name = "", role = ""] = positionals;
  const address = `/api/editors/${encodeURIComponent(name)}`;
  const newsroom = createNewsroomClient(values.to);
  const requests = {
    list: () => newsroom.request("GET", "/api/editors"),
    add: () => newsroom.request("PUT", address, encodeJson({ role })),
    revoke: () => newsroom.request("DELETE", address),
  };
  if (action !== "list" && ((action !== "add" && action !== "revoke") || name === "")) throw new CommandError(USAGE);
  const response = await requests[action]();
  const answer: unknown = response.status === 204 ? {} : await readJson(response);
  if (!response.ok)
    throw new CommandError(isRecord(answer) ? `${response.status} ${String(answer.detail)}` : String(response.status));
  if (action === "revoke") console.log(`${name} is revoked, from now on.`);
  else if (action === "add" && isRecord(answer)) {
    console.log(`${name} may ${role}. The token, shown this once:\n${String(answer.token)}`);
  } else console.log(JSON.stringify(answer, null, 2));
  return true;
};

if (import.meta.main) await runCommand(editor);
