import { dialects } from "../../dialects/dialects.ts";
import type { Instant } from "../../model/instant.ts";
import type { Partner } from "../../model/partners/partner.ts";
import { NO_TERMS, type Selection } from "../../model/selection.ts";
import type { MappingIssue } from "../schema/mapping.ts";
import { checkMapping } from "../schema/mapping.ts";
import { CLEAR_TEXT, partnerSchema } from "../schema/partner-schema.ts";

/** Something wrong, or odd, in a contract: the path of its place, and a message that begins with the key's name. */
export interface ContractProblem {
  readonly path: readonly PropertyKey[];
  /** Whether it is about the key, and not about its value. */
  readonly isAboutKey: boolean;
  readonly rule: string;
  readonly level: "error" | "warning";
  /** Continues the sentence that begins with the key's name. */
  readonly message: string;
}

/** A contract that was read: `partner` is present unless a problem is an error. */
export interface ReadContract {
  readonly problems: readonly ContractProblem[];
  /** What it selects, as far as that can be read. */
  readonly selection: Selection;
  readonly partner?: Partner;
}

const isPropertyKey = (value: unknown): value is PropertyKey => typeof value === "string" || typeof value === "number";

const toProblem = ({ rule, message, path }: MappingIssue): ContractProblem => ({
  path: path.map(({ key }) => key).filter(isPropertyKey),
  isAboutKey: rule !== "missing-key" && path.at(-1)?.origin === "key",
  rule,
  level: "error",
  message: rule === "unknown-key" && path.length === 1 && path[0].key === "token" ? CLEAR_TEXT : message,
});

const problem = (level: "error" | "warning", path: readonly PropertyKey[], message: string): ContractProblem => ({
  ...{ path, isAboutKey: false, rule: "contract", level, message },
});

/** What is odd in a contract at `now`: it ends by itself, and stops nothing. */
const findEnds = ({ expires, tokens }: Partner, now: Instant): readonly ContractProblem[] => [
  ...(expires !== undefined && expires <= now
    ? [problem("warning", ["expires"], "lies back: the contract has ended.")]
    : []),
  ...tokens.flatMap(({ until }, index) =>
    until !== undefined && until <= now
      ? [problem("warning", ["tokens", index, "until"], "lies back: the token has ended. Delete it.")]
      : [],
  ),
];

/** What a partner wants and does not get by a contract. */
const findWants = ({ text, formats }: Partner): readonly ContractProblem[] => {
  const dissatisfied = dialects.filter(({ name, wantsFullText }) => wantsFullText && formats.includes(name));
  const names = dissatisfied.map(({ label }) => label).join(" and ");
  return text === "full" || dissatisfied.length === 0
    ? []
    : [problem("warning", ["text"], `gives ${names} less than the full text, which they want. Write \`text: full\`.`)];
};

const findContradictions = (
  isOpen: boolean,
  tokens: readonly unknown[],
  hasHeader: boolean,
): readonly ContractProblem[] => {
  if (!isOpen && tokens.length === 0) {
    const message =
      "is missing. Write the SHA-256 of the partner's token, or `open: true` if anybody may read its feeds.";
    return [problem("error", ["tokens"], message)];
  }
  if (isOpen && tokens.length > 0)
    return [
      problem("error", ["tokens"], "can't stand beside `open: true`: nobody is asked for a token. Delete one of them."),
    ];
  return isOpen && hasHeader
    ? [
        problem(
          "error",
          ["header"],
          "can't stand beside `open: true`: nobody is asked for a token. Delete one of them.",
        ),
      ]
    : [];
};

/**
 * Reads a contract as content/partners.yaml and the API write it, `name` being its key. Finds every problem in one pass. `now`
 * serves only to warn of what has ended.
 */
export const readContract = (name: string, value: Readonly<Record<string, unknown>>, now?: Instant): ReadContract => {
  const { issues, partial, complete } = checkMapping(partnerSchema, value);
  const problems = issues.map(toProblem);
  const { tokens, open, header, include = NO_TERMS, exclude = NO_TERMS } = partial;
  const selection = { include, exclude };
  if (tokens !== undefined && open !== undefined)
    problems.push(...findContradictions(open, tokens, header !== undefined));
  if (complete === undefined || problems.some(({ level }) => level === "error")) return { problems, selection };
  const { include: _include, exclude: _exclude, delay, ...rest } = complete;
  const partner: Partner = { name, ...rest, selection, delaySeconds: delay };
  return {
    problems: [...problems, ...findWants(partner), ...(now === undefined ? [] : findEnds(partner, now))],
    selection,
    partner,
  };
};
