import { isRecord } from "../model/is-record.ts";
import { readArguments, runCommand } from "./command.ts";
import { Complaint } from "./complaint.ts";
import { openNewsroom, type RemoteTopic, readJson } from "./newsroom-client.ts";
import { refusalLines } from "./refusal-lines.ts";

const USAGE = `Usage: npm run hub -- status --to https://example.org
       npm run hub -- drop TOPIC [CALLBACK] --to https://example.org      (ends subscriptions, and tells them so)
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
  if (dropped !== undefined) return `${dropped} ended, and told so.`;
  return replayed === 0 ? "No delivery has failed." : `${replayed} will get the last edition now.`;
};

const hub = async (): Promise<boolean> => {
  const { values, positionals } = readArguments({ to: { type: "string" } }, USAGE);
  const [action, topic, callback] = positionals;
  const isForTopic = (action === "drop" || action === "replay") && topic !== undefined;
  if (action !== "status" && !isForTopic) throw new Complaint(USAGE);
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
  if (!response.ok) throw new Complaint(refusalLines(answer, "hub").join("\n"));
  console.log(isRecord(answer) ? outcomeOf(answer) : "");
  return true;
};

await runCommand(hub);
