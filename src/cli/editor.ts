import { isRecord } from "../lib/is-record.ts";
import { readArguments, runCommand } from "./command.ts";
import { CommandError } from "./command-error.ts";
import { openNewsroom, readJson } from "./newsroom/newsroom-client.ts";

const USAGE = `Usage: npm run editor -- list --to https://example.org
       npm run editor -- add NAME ROLE --to https://example.org     (ROLE: write, publish, withdraw or owner)
       npm run editor -- revoke NAME --to https://example.org`;

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

const editor = async (): Promise<boolean> => {
  const { values, positionals } = readArguments({ to: { type: "string" } }, USAGE);
  const [action, name = "", role = ""] = positionals;
  const address = `/api/editors/${encodeURIComponent(name)}`;
  const newsroom = openNewsroom(values.to);
  const ask = {
    list: () => newsroom.ask("GET", "/api/editors"),
    add: () => newsroom.ask("PUT", address, encode({ role })),
    revoke: () => newsroom.ask("DELETE", address),
  };
  if (action !== "list" && ((action !== "add" && action !== "revoke") || name === "")) throw new CommandError(USAGE);
  const response = await ask[action]();
  const answer: unknown = response.status === 204 ? {} : await readJson(response);
  if (!response.ok)
    throw new CommandError(isRecord(answer) ? `${response.status} ${String(answer.detail)}` : String(response.status));
  if (action === "revoke") console.log(`${name} is revoked, from now on.`);
  else if (action === "add" && isRecord(answer)) {
    console.log(`${name} may ${role}. The token, shown this once:\n${String(answer.token)}`);
  } else console.log(JSON.stringify(answer, null, 2));
  return true;
};

await runCommand(editor);
