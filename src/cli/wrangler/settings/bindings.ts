import { type Settings, tableAt, tablesAt, textAt } from "./parse-settings.ts";

/** Where a Durable Object is bound. */
export const OBJECTS = "durable_objects.bindings";

/** Where a queue is bound to which the worker sends. */
export const PRODUCERS = "queues.producers";

/** Where rate limits are bound. */
export const LIMITS = "ratelimits";

/** The lists of bindings, with the key of a binding's name. */
const LISTS: Readonly<Record<string, "binding" | "name">> = {
  [OBJECTS]: "name",
  [PRODUCERS]: "binding",
  [LIMITS]: "name",
  d1_databases: "binding",
  r2_buckets: "binding",
};

/** The tables that are one binding each. */
const TABLES = ["assets", "version_metadata"];

/** A binding of a wrangler.toml. */
export interface Binding {
  readonly name: string;
  /** The list or table in which it is. */
  readonly place: string;
  readonly isTable: boolean;
  readonly entry: Settings;
}

/** The bindings of a section of wrangler.toml, of the kinds that Feedwright has. */
export const bindingsOf = (settings: Settings): readonly Binding[] => [
  ...Object.entries(LISTS).flatMap(([place, nameKey]) =>
    tablesAt(settings, place).map((entry) => ({ name: textAt(entry, nameKey) ?? "", place, isTable: false, entry })),
  ),
  ...TABLES.flatMap((place) => {
    const entry = tableAt(settings, place);
    return entry === undefined ? [] : [{ name: textAt(entry, "binding") ?? "", place, isTable: true, entry }];
  }),
];

/** The class of a Durable Object that a binding names; undefined if the binding is of another kind. */
export const classOf = ({ place, entry }: Binding): string | undefined =>
  place === OBJECTS ? textAt(entry, "class_name") : undefined;

/** Whether a binding's class is another worker's. */
export const isElsewhere = ({ entry }: Binding): boolean => entry.script_name !== undefined;
