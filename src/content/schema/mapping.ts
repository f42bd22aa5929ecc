import * as v from "valibot";
import { isRecord } from "../../lib/is-record.ts";
import { quote } from "../messages/quote.ts";
import { findNearest } from "../messages/suggest.ts";
import { expected } from "./expected.ts";

/** The keys of a mapping. `hints` says what to write for one that must be there. */
export interface Shape<Entries extends v.ObjectEntries> {
  readonly entries: Entries;
  readonly hints: Readonly<Record<string, string>>;
  /** Names that other programs have for some of the keys. */
  readonly elsewhere?: ReadonlyMap<string, string>;
}

type Rule = "missing-key" | "unknown-key" | "value";

/** One mistake in a mapping. Its message continues the sentence that begins with the key's name. */
export interface Fault {
  readonly rule: Rule;
  readonly message: string;
  /** From the mapping to what is wrong; the last step's origin is "key" where that is the key. */
  readonly path: [v.IssuePathItem, ...v.IssuePathItem[]];
}

type Output<Entries extends v.ObjectEntries> = v.InferOutput<v.ObjectSchema<Entries, undefined>>;

/** What could be read of a mapping. */
export interface Checked<Entries extends v.ObjectEntries> {
  readonly faults: readonly Fault[];
  /** The keys that have no fault. */
  readonly part: Partial<Output<Entries>>;
  /** All of it, unless there is a fault. */
  readonly whole: Output<Entries> | undefined;
}

type InputRecord = Record<string, unknown>;

const stepTo = (input: InputRecord, key: string, origin: "key" | "value"): v.IssuePathItem => ({
  type: "object",
  origin,
  input,
  key,
  value: input[key],
});

/** The known key that an unknown one was probably meant for. */
const meantBy = (unknown: string, input: InputRecord, { entries, elsewhere }: Shape<v.ObjectEntries>) => {
  const free = Object.keys(entries).filter((key) => !Object.hasOwn(input, key));
  const other = elsewhere?.get(unknown.toLowerCase());
  return other !== undefined && free.includes(other) ? other : findNearest(unknown, free);
};

const unknownKey = (key: string, meant: string | undefined, input: InputRecord, known: readonly string[]): Fault => ({
  rule: "unknown-key",
  message: `is not a known key. ${meant === undefined ? `Known keys: ${known.join(", ")}.` : `Did you mean ${quote(meant)}?`}`,
  path: [stepTo(input, key, "key")],
});

const isRule = (expected: string | null): expected is Rule =>
  expected === "missing-key" || expected === "unknown-key" || expected === "value";

// A nested mapping passes the rule of a fault on in `expected`.
const faultOf = ({ expected, received, message, path }: v.BaseIssue<unknown>): readonly Fault[] => {
  const rule = isRule(expected) ? expected : received === "undefined" ? "missing-key" : "value";
  return path === undefined ? [] : [{ rule, message, path }];
};

/** Checks a mapping key by key, so that the fault of one does not hide what the others say. */
export const checkMapping = <const Entries extends v.ObjectEntries>(
  shape: Shape<Entries>,
  input: InputRecord,
): Checked<Entries> => {
  const { entries, hints } = shape;
  const known = Object.keys(entries);
  const unknown = Object.keys(input).filter((key) => !known.includes(key));
  const meant = new Map(unknown.map((key) => [key, meantBy(key, input, shape)]));
  const misspelt = new Set(meant.values());
  const part: InputRecord = {};
  const faults = Object.entries(entries).flatMap(([key, schema]): readonly Fault[] => {
    const hint = hints[key] ?? "Add it.";
    const isThere = Object.hasOwn(input, key);
    if (isThere && input[key] === null && Object.hasOwn(hints, key)) {
      return [{ rule: "value", message: `has no value. ${hint}`, path: [stepTo(input, key, "value")] }];
    }
    const result = v.safeParse(v.object({ [key]: schema }, `is missing. ${hint}`), input);
    if (result.success) Object.assign(part, result.output);
    // A key that is there under a name close to its own is not missing as well.
    return result.success || (!isThere && misspelt.has(key)) ? [] : result.issues.flatMap(faultOf);
  });
  const all = [...unknown.map((key) => unknownKey(key, meant.get(key), input, known)), ...faults];
  // Every key came out of its own schema; no guard can look into a generic one.
  const output = part as Output<Entries>;
  return { faults: all, part: output, whole: all.length === 0 ? output : undefined };
};

/** A mapping inside another. */
export const mapping = <const Entries extends v.ObjectEntries>(
  entries: Entries,
  hints: Readonly<Record<string, string>> = {},
) =>
  v.pipe(
    v.custom<InputRecord>(isRecord, expected(`must be keys with values, such as { ${Object.keys(entries)[0]}: … }.`)),
    v.rawTransform(({ dataset, addIssue, NEVER }): Output<Entries> => {
      const { faults, whole } = checkMapping({ entries, hints }, dataset.value);
      for (const { rule, message, path } of faults) addIssue({ expected: rule, message, path });
      return whole ?? NEVER;
    }),
  );

/** A mapping whose keys the writer chooses, as a list of pairs: no name, not even `constructor`, is special in it. */
export const table = <const Key extends v.GenericSchema<string, string>, const Value extends v.GenericSchema>(
  key: Key,
  value: Value,
  message: string,
) =>
  v.pipe(
    v.custom<InputRecord>(isRecord, expected(message)),
    v.rawTransform(({ dataset, addIssue }): readonly (readonly [string, v.InferOutput<Value>])[] =>
      Object.entries(dataset.value).flatMap(([name, entry]) => {
        const checkedKey = v.safeParse(key, name);
        const checkedValue = v.safeParse(value, entry);
        for (const { message } of checkedKey.issues ?? []) {
          addIssue({ expected: "value", message, path: [stepTo(dataset.value, name, "key")] });
        }
        for (const { expected, message, path } of checkedValue.issues ?? []) {
          const rule = isRule(expected) ? expected : "value";
          addIssue({ expected: rule, message, path: [stepTo(dataset.value, name, "value"), ...(path ?? [])] });
        }
        return checkedKey.success && checkedValue.success ? [[checkedKey.output, checkedValue.output]] : [];
      }),
    ),
  );
