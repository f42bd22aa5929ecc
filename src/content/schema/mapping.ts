import * as v from "valibot";
import { isRecord } from "../../lib/is-record.ts";
import { quote } from "../messages/messages.ts";
import { findNearest } from "../messages/suggest.ts";
import { expected } from "./values.ts";

/** The schema of a mapping with fixed keys. */
export interface MappingSchema<Entries extends v.ObjectEntries> {
  readonly entries: Entries;
  /** What to write, for each required key: the end of the message that it is missing. */
  readonly hints: Readonly<Record<string, string>>;
  /** Names that other programs have for some of the keys, in lower case, with the key that is meant. */
  readonly foreignNames?: ReadonlyMap<string, string>;
}

type Rule = "missing-key" | "unknown-key" | "value";

/** Something wrong in a mapping. Its message continues the sentence that begins with the key's name. */
export interface MappingIssue {
  readonly rule: Rule;
  readonly message: string;
  /** From the mapping to what is wrong; the last step's origin is "key" if that is a key and not its value. */
  readonly path: [v.IssuePathItem, ...v.IssuePathItem[]];
}

type Output<Entries extends v.ObjectEntries> = v.InferOutput<v.ObjectSchema<Entries, undefined>>;

/** What `checkMapping` found. */
export interface MappingResult<Entries extends v.ObjectEntries> {
  readonly issues: readonly MappingIssue[];
  /** The keys that are valid. */
  readonly partial: Partial<Output<Entries>>;
  /** All keys; undefined if there is an issue. */
  readonly complete: Output<Entries> | undefined;
}

type InputRecord = Record<string, unknown>;

const pathItem = (input: InputRecord, key: string, origin: "key" | "value"): v.IssuePathItem => ({
  type: "object",
  origin,
  input,
  key,
  value: input[key],
});

/** The known key that an unknown one was probably meant for, out of those that are not used yet. */
const guessKey = (
  unknown: string,
  input: InputRecord,
  { entries, foreignNames }: MappingSchema<v.ObjectEntries>,
): string | undefined => {
  const unused = Object.keys(entries).filter((key) => !Object.hasOwn(input, key));
  const translated = foreignNames?.get(unknown.toLowerCase());
  return translated !== undefined && unused.includes(translated) ? translated : findNearest(unknown, unused);
};

const unknownKey = (
  key: string,
  guess: string | undefined,
  input: InputRecord,
  known: readonly string[],
): MappingIssue => ({
  rule: "unknown-key",
  message: `is not a known key. ${guess === undefined ? `Known keys: ${known.join(", ")}.` : `Did you mean ${quote(guess)}?`}`,
  path: [pathItem(input, key, "key")],
});

const isRule = (text: string | null): text is Rule =>
  text === "missing-key" || text === "unknown-key" || text === "value";

// valibot's issues have no field for a rule: a mapping in another one hands its rules up in `expected`.
const toMappingIssues = ({
  expected: rule,
  received,
  message,
  path,
}: v.BaseIssue<unknown>): readonly MappingIssue[] => {
  if (path === undefined) return [];
  return [{ rule: isRule(rule) ? rule : received === "undefined" ? "missing-key" : "value", message, path }];
};

/** Checks a mapping key by key, so that an issue of one key does not hide the values of the others. */
export const checkMapping = <const Entries extends v.ObjectEntries>(
  schema: MappingSchema<Entries>,
  input: InputRecord,
): MappingResult<Entries> => {
  const { entries, hints } = schema;
  const known = Object.keys(entries);
  const unknown = Object.keys(input).filter((key) => !known.includes(key));
  const guesses = new Map(unknown.map((key) => [key, guessKey(key, input, schema)]));
  const misspelt = new Set(guesses.values());
  const valid: InputRecord = {};
  const knownKeyIssues = Object.entries(entries).flatMap(([key, entry]): readonly MappingIssue[] => {
    const hint = hints[key] ?? "Add it.";
    const isPresent = Object.hasOwn(input, key);
    // A key that is present under a misspelt name is not missing as well, and nobody knows its value.
    if (!isPresent && misspelt.has(key)) return [];
    if (isPresent && input[key] === null && Object.hasOwn(hints, key)) {
      return [{ rule: "value", message: `has no value. ${hint}`, path: [pathItem(input, key, "value")] }];
    }
    const result = v.safeParse(v.object({ [key]: entry }, `is missing. ${hint}`), input);
    if (result.success) Object.assign(valid, result.output);
    return result.success ? [] : result.issues.flatMap(toMappingIssues);
  });
  const issues = [...unknown.map((key) => unknownKey(key, guesses.get(key), input, known)), ...knownKeyIssues];
  // Every value came out of its own schema; no type guard can look into a generic one.
  const output = valid as Output<Entries>;
  return { issues, partial: output, complete: issues.length === 0 ? output : undefined };
};

/**
 * A valibot schema for a mapping with fixed keys inside another mapping. `hints` and `foreignNames` as in MappingSchema.
 */
export const mapping = <const Entries extends v.ObjectEntries>(
  entries: Entries,
  hints: Readonly<Record<string, string>> = {},
  foreignNames: ReadonlyMap<string, string> = new Map(),
) =>
  v.pipe(
    v.custom<InputRecord>(isRecord, expected(`must be keys with values, such as { ${Object.keys(entries)[0]}: … }.`)),
    v.rawTransform(({ dataset, addIssue, NEVER }): Output<Entries> => {
      const { issues, complete } = checkMapping({ entries, hints, foreignNames }, dataset.value);
      for (const { rule, message, path } of issues) addIssue({ expected: rule, message, path });
      return complete ?? NEVER;
    }),
  );

/**
 * A valibot schema for a mapping whose keys the writer chooses. Its output is a list of pairs, so that no key, not even
 * `constructor`, is special.
 */
export const table = <const Key extends v.GenericSchema<string, string>, const Value extends v.GenericSchema>(
  key: Key,
  value: Value,
  typeMessage: string,
) =>
  v.pipe(
    v.custom<InputRecord>(isRecord, expected(typeMessage)),
    v.rawTransform(({ dataset, addIssue }): readonly (readonly [string, v.InferOutput<Value>])[] => {
      const names = new Set<string>();
      return Object.entries(dataset.value).flatMap(([name, entry]) => {
        const keyResult = v.safeParse(key, name);
        const valueResult = v.safeParse(value, entry);
        for (const { message } of keyResult.issues ?? []) {
          addIssue({ expected: "value", message, path: [pathItem(dataset.value, name, "key")] });
        }
        for (const { expected: rule, message, path = [] } of valueResult.issues ?? []) {
          const pathToIssue: MappingIssue["path"] = [pathItem(dataset.value, name, "value"), ...path];
          addIssue({ expected: isRule(rule) ? rule : "value", message, path: pathToIssue });
        }
        if (!keyResult.success || !valueResult.success) return [];
        const { output } = keyResult;
        if (names.has(output)) {
          const message = "stands here twice, written with other code points. Delete one.";
          addIssue({ expected: "value", message, path: [pathItem(dataset.value, name, "key")] });
        }
        names.add(output);
        return [[output, valueResult.output]];
      });
    }),
  );
