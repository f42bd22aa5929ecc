import { isRecord } from "../../lib/is-record.ts";

/** Where the newsroom's own advice is for programs, not for whoever runs a command. */
const ADVICE: Readonly<Record<string, string>> = {
  428: "The newsroom has this story, but not under its slug or its aliases. If it was renamed, add its former slug to `aliases`; if somebody sent it just now, run the command again.",
};

/** What the newsroom says of something that it refused (problem+json), line by line. `what` names it for people. */
export const refusalLines = (problem: unknown, what: string): readonly string[] => {
  if (!isRecord(problem)) return [`${what}: the newsroom gave no reason`];
  const { status = "refused", title = "", detail = title, errors } = problem;
  const listed: readonly unknown[] = Array.isArray(errors) ? errors : [];
  const told = listed.flatMap((error) =>
    isRecord(error) ? [`${error.file}:${error.line}:${error.column} ${error.severity} ${error.reason}`] : [],
  );
  return [`${what}: ${status} ${ADVICE[String(status)] ?? detail}`, ...told];
};
