import { readArguments, runCommand } from "./command.ts";
import { Complaint } from "./complaint.ts";
import { openNewsroom, type RemoteTopic, readJson } from "./newsroom-client.ts";
import { refusalLines } from "./refusal-lines.ts";

const USAGE = `Usage: npm run hub -- status --to https://example.org
       npm run hub -- drop TOPIC [CALLBACK] --to https://example.org      (ends subscriptions, and tells them so)
       npm run hub -- replay TOPIC [CALLBACK] --to https://example.org    (sends the last edition again; without CALLBACK to all that failed)`;

const linesOf = ({ topic, subscribers, pending, lastDelivery, failures }: RemoteTopic): readonly string[] => [
  topic,
  `  ${subscribers} subscribers, ${pending} deliveries to be made, the last one ${lastDelivery ?? "never"}`,
  ...failures.map(
    ({ callback, attempts, since, next, reason }) =>
      `  ${callback}: ${reason}; ${attempts} times since ${since}, again at ${next}`,
  ),
];

const hub = async (): Promise<boolean> => {
  const { values, positionals } = readArguments({ to: { type: "string" } }, USAGE);
  const [action, topic, callback] = positionals;
  const newsroom = openNewsroom(values.to);
  if (action === "status") {
    const topics = await newsroom.topics();
    for (const line of topics.flatMap(linesOf)) console.log(line);
    if (topics.length === 0) console.log("Nobody has subscribed.");
    return true;
  }
  if ((action !== "drop" && action !== "replay") || topic === undefined) throw new Complaint(USAGE);
  const query = new URLSearchParams({ topic, ...(callback !== undefined && { callback }) });
  const response = await newsroom.ask(action === "drop" ? "DELETE" : "POST", `/api/subscriptions?${query}`);
  const answer = await readJson(response);
  if (!response.ok) throw new Complaint(refusalLines(answer, "hub").join("\n"));
  console.log(JSON.stringify(answer));
  return true;
};

await runCommand(hub);
