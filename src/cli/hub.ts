import { isRecord } from "../lib/is-record.ts";
import { englishWords } from "../model/words/en.ts";
import { CommandError, defineCommand, readArguments, runCommand } from "./command.ts";
import { createNewsroomClient, type NewsroomClient, type RemoteTopic, readJson } from "./newsroom/newsroom-client.ts";
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

/** For a site that has no API, or no hub. */
const ADVICE =
  "Set PUBLISH_TOKEN on the worker, and name the built-in hub under `hubs` in content/site.yaml (docs/push.md).";

const printStatus = async (newsroom: NewsroomClient): Promise<void> => {
  const topics = await newsroom.listTopics();
  for (const line of topics.flatMap(linesOf)) console.log(line);
  if (topics.length === 0) console.log("Nobody has subscribed.");
};

/** Ends the subscriptions of a topic (DELETE), or delivers its last edition again (POST): to one callback, or to all. */
const changeTopic = async (
  newsroom: NewsroomClient,
  method: "DELETE" | "POST",
  topic: string,
  callback: string | undefined,
): Promise<void> => {
  const query = new URLSearchParams({ topic, ...(callback !== undefined && { callback }) });
  const response = await newsroom.request(method, `/api/subscriptions?${query}`);
  const answer = await readJson(response);
  if (!response.ok) throw new CommandError(refusalLines(answer, "hub").join("\n"));
  console.log(isRecord(answer) ? outcomeOf(answer) : "");
};

/** Shows the subscriptions of the built-in hub, ends them, or delivers again. */
export const hub = defineCommand(USAGE, async (args) => {
  const options = { to: { type: "string" } } as const;
  const { values, positionals } = readArguments({ args, options, allowPositionals: true }, USAGE);
  const [action, topic, callback, ...surplus] = positionals;
  const isForTopic = (action === "drop" || action === "replay") && topic !== undefined;
  const isValid = isForTopic ? surplus.length === 0 : action === "status" && positionals.length === 1;
  if (!isValid) throw new CommandError(USAGE);
  const newsroom = createNewsroomClient(values.to);
  try {
    if (isForTopic) await changeTopic(newsroom, action === "drop" ? "DELETE" : "POST", topic, callback);
    else await printStatus(newsroom);
    return true;
  } catch (error) {
    if (error instanceof CommandError && error.message.includes(englishWords.notFoundDetail))
      throw new CommandError(`${error.message}\n${ADVICE}`);
    throw error;
  }
});

if (import.meta.main) await runCommand(hub);
