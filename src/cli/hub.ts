import { isRecord } from "../lib/is-record.ts";
import { readArguments, runCommand } from "./command.ts";
import { CommandError } from "./command-error.ts";
import { openNewsroom, type RemoteTopic, readJson } from "./newsroom/newsroom-client.ts";
import { refusalLines } from "./newsroom/refusal-lines.ts";

const USAGE = `Usage: npm run hub -- status --to https://example.org
       npm run hub -- drop TOPIC [CALLBACK] --to https://example.org      (ends subscriptions)
       npm run hub -- replay TOPIC [CALLBACK] --to https://example.org    (sends the last edition again; without CALLBACK to all that failed)`;

const linesOf = ({ topic, subscribers, pending, lastDelivery, failures }: RemoteTopic): readonly string[] => [
  topic,
  `  subscribers: ${subscribers}, deliveries to be made: ${pending}, last delivery: ${lastDelivery ?? "none yet"}`,
  ...failures.map(
    ({ callback, attempts, since, next, reason }) =>
      `  ${callback}: ${reason}; failures: ${attempts} since ${since}, again at ${next}`,
  ),
];

const outcomeOf = ({ dropped, replayed }: Readonly<Record<string, unknown>>): string => {
  if (dropped !== undefined) return `Subscriptions ended: ${dropped}.`;
  return replayed === 0 ? "No delivery has failed." : `Subscribers that get the last edition again: ${replayed}.`;
};

/** A site without an API answers as if there were nothing. */
const NOTHING = "There is nothing at this address.";
const ADVICE =
  "Set PUBLISH_TOKEN on the worker, and name the built-in hub under `hubs` in content/site.yaml (docs/push.md).";

const hub = async (): Promise<boolean> => {
  const { values, positionals } = readArguments({ to: { type: "string" } }, USAGE);
  const [action, topic, callback, ...surplus] = positionals;
  const isForTopic = (action === "drop" || action === "replay") && topic !== undefined;
  const isAsked = isForTopic ? surplus.length === 0 : action === "status" && positionals.length === 1;
  if (!isAsked) throw new CommandError(USAGE);
  const newsroom = openNewsroom(values.to);
  if (!isForTopic) {
    const topics = await newsroom.topics();
    for (const line of topics.flatMap(linesOf)) console.log(line);
    if (topics.length === 0) console.log("Nobody has subscribed.");
    return true;
  }
  const query = new URLSearchParams({ topic, ...(callback !== undefined && { callback }) });
  const response = await newsroom.ask(action === "drop" ? "DELETE" : "POST", `/api/subscriptions?${query}`);
  const answer = await readJson(response);
  if (!response.ok) throw new CommandError(refusalLines(answer, "hub").join("\n"));
  console.log(isRecord(answer) ? outcomeOf(answer) : "");
  return true;
};

await runCommand(async () => {
  try {
    return await hub();
  } catch (error) {
    if (error instanceof CommandError && error.message.includes(NOTHING))
      throw new CommandError(`${error.message}\n${ADVICE}`);
    throw error;
  }
});
