import { isRecord } from "../../lib/is-record.ts";

/** By status: advice for whoever runs a command, where that of the newsroom is for programs. */
const ADVICE: Readonly<Record<string, string>> = {
  428: "The newsroom has this story, but not under its slug or its aliases. If it was renamed, add its former slug to `aliases`; if somebody sent it just now, run the command again.",
};

/** Messages of the compiler, as the newsroom lists them, in lines for people. */
export const messageLines = (errors: readonly unknown[]): readonly string[] =>
  errors.flatMap((error) =>
    isRecord(error) ? [`${error.file}:${error.line}:${error.column} ${error.severity} ${error.reason}`] : [],
  );

/** A refusal of the newsroom (RFC 9457 problem details) in lines for people. `what` names what was refused. */
export const refusalLines = (problem: unknown, what: string): readonly string[] => {
  if (!isRecord(problem)) return [`${what}: the newsroom gave no reason`];
  const { status = "refused", title = "", detail = title, errors } = problem;
  return [
    `${what}: ${status} ${ADVICE[String(status)] ?? detail}`,
    ...messageLines(Array.isArray(errors) ? errors : []),
  ];
};
