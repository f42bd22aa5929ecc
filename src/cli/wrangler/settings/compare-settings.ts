import { HUB_FLAGS, missingBindings, namesBuiltInHub, optionalBindings } from "../../../lib/optional-bindings.ts";
import type { Channel } from "../../../model/channel.ts";
import { type BindingEditor, type ComparedFolder, createBindingEditor } from "./binding-edits.ts";
import { type Binding, bindingsOf, classOf, isElsewhere, PRODUCERS } from "./bindings.ts";
import { type Edit, joinEdits, type Section, setInTable, setKeys } from "./edits.ts";
import { pick, type Settings, tableAt, textAt, textsAt } from "./parse-settings.ts";

/** The environment of a newsroom in wrangler.toml. */
export const NEWSROOM = "newsroom";

/** Something that a folder lacks. */
export interface Gap {
  /** What does not work until it is there. */
  readonly sentence: string;
  /** Whether the worker can't work without it. */
  readonly isRequired: boolean;
  readonly edits: readonly Edit[];
}

/** What is compared at a time. */
interface Comparison {
  readonly text: string;
  readonly section: Section;
  /** The same section of what this version wants. */
  readonly ours: Settings;
  /** The top level of what this version wants. */
  readonly wanted: Settings;
  readonly isNewsroom: boolean;
  readonly channel: Pick<Channel, "hubs" | "url"> | undefined;
  readonly bound: readonly Binding[];
  readonly editor: BindingEditor;
}

const titleOf = ({ path }: Section): string => (path === "" ? "" : `[${path}]`);

/** Where in wrangler.toml something is missing, unless that is at the top level. */
const under = (section: Section): string => (section.path === "" ? "" : ` under ${titleOf(section)}`);

const required = (sentence: string, edits: readonly Edit[]): Gap => ({ sentence, edits, isRequired: true });

const optional = (sentence: string, edits: readonly Edit[]): Gap => ({ sentence, edits, isRequired: false });

const compareMain = ({ section, ours, isNewsroom }: Comparison): readonly Gap[] => {
  if (textAt(section.settings, "main") !== undefined) return [];
  const without = isNewsroom ? "the reading worker would run in its place" : "there is no worker to run";
  const sentence = `wrangler.toml has no \`main\`${under(section)}: ${without}.`;
  return [required(sentence, [setKeys(section, pick(ours, ["main"]))])];
};

const compareStore = ({ text, section, isNewsroom }: Comparison): readonly Gap[] => {
  if (!isNewsroom || textAt(section.settings, "vars.STORE") === "d1") return [];
  const sentence = `wrangler.toml has no variable STORE = "d1"${under(section)}: the newsroom does not start.`;
  return [required(sentence, [setInTable(text, section, "vars", { STORE: "d1" })])];
};

/** Compares some bindings, which have a sentence together. */
const compareBindings = (
  { section, ours, bound, editor }: Comparison,
  names: readonly string[],
  without: string,
): readonly [sentence: string, edits: readonly Edit[]] => {
  const missing = bindingsOf(ours).filter((binding) => {
    const there = bound.find(({ name }) => name === binding.name);
    return (
      names.includes(binding.name) &&
      (there === undefined || !(isElsewhere(there) || classOf(there) === classOf(binding)))
    );
  });
  const isThere = ({ name }: Binding): boolean => bound.some((one) => one.name === name);
  const classes = missing.flatMap((binding) => classOf(binding) ?? []);
  const labels = missing.map((one) => (isThere(one) ? `${one.name} to the class ${classOf(one)}` : one.name));
  const edits = missing.flatMap((binding) =>
    isThere(binding)
      ? {
          where: `Set in the binding ${binding.name}${under(section)} in wrangler.toml:`,
          lines: `class_name = "${classOf(binding)}"`,
        }
      : [
          editor.addBinding(section, binding),
          ...(binding.place === PRODUCERS ? editor.addConsumer(section, textAt(binding.entry, "queue") ?? "") : []),
        ],
  );
  return [
    missingBindings(labels, without, titleOf(section)),
    [...edits, ...editor.addMigration(section, classes), ...editor.addExports(section, classes)],
  ];
};

/** The bindings without which a worker can't work; `optionalBindings` has the others. */
const requiredBindings = (isNewsroom: boolean) => [
  { names: ["ASSETS"], without: "the worker can serve no pictures and other files" },
  ...(isNewsroom ? [{ names: ["DB"], without: "the newsroom has no place for stories" }] : []),
];

const compareAllBindings = (comparison: Comparison): readonly Gap[] => [
  ...requiredBindings(comparison.isNewsroom).map(({ names, without }) =>
    required(...compareBindings(comparison, names, without)),
  ),
  ...optionalBindings(comparison).map(({ names, without }) => optional(...compareBindings(comparison, names, without))),
];

/** Compares what the classes that are bound need besides. */
const compareClasses = ({ section, ours, bound, editor }: Comparison): readonly Gap[] => {
  const classes = bound.flatMap((binding) => (isElsewhere(binding) ? [] : (classOf(binding) ?? [])));
  const known = bindingsOf(ours).flatMap((binding) => classOf(binding) ?? []);
  const withoutMigration = known
    .filter((name) => classes.includes(name))
    .map((name) =>
      optional(
        `wrangler.toml has no migration of the class ${name}${under(section)}: Cloudflare refuses the deployment.`,
        editor.addMigration(section, [name]),
      ),
    );
  const withoutExport = optional(
    `wrangler.toml binds classes${under(section)} that the worker does not export: it does not start.`,
    editor.addExports(section, classes),
  );
  return [...withoutMigration, withoutExport];
};

const compareConsumers = ({ section, bound, channel, editor }: Comparison): readonly Gap[] => {
  const producer = bound.find(({ name }) => name === "DELIVERIES");
  const queue = producer && textAt(producer.entry, "queue");
  if (queue === undefined || channel === undefined || !namesBuiltInHub(channel)) return [];
  const sentence = `wrangler.toml has no consumer of the queue ${queue}${under(section)}: nothing is delivered to subscribers.`;
  return [optional(sentence, editor.addConsumer(section, queue))];
};

const compareAssets = ({ text, section, editor }: Comparison): readonly Gap[] => {
  const holder = editor.holderOf(section, "assets");
  const assets = tableAt(holder.settings, "assets");
  if (assets === undefined || assets.run_worker_first === true) return [];
  const sentence = `wrangler.toml has no run_worker_first = true for assets${under(holder)}: pictures of stories that are not public yet are served.`;
  return [optional(sentence, [setInTable(text, holder, "assets", { run_worker_first: true })])];
};

const compareTriggers = ({ text, section, ours, editor }: Comparison): readonly Gap[] => {
  const holder = editor.holderOf(section, "triggers");
  if (textsAt(holder.settings, "triggers.crons").length > 0) return [];
  const sentence = `wrangler.toml has no cron trigger${under(holder)}: if the scheduler's alarm is lost, nothing wakes it.`;
  return [optional(sentence, [setInTable(text, holder, "triggers", tableAt(ours, "triggers") ?? {})])];
};

const UNTESTED = "the worker runs otherwise than it was tested";

const compareCompatibility = ({ section, wanted, editor }: Comparison): readonly Gap[] => {
  const gaps: Gap[] = [];
  const ofDate = editor.holderOf(section, "compatibility_date");
  const date = textAt(wanted, "compatibility_date") ?? "";
  if ((textAt(ofDate.settings, "compatibility_date") ?? "") < date)
    gaps.push(
      optional(`wrangler.toml has no compatibility_date of ${date} or later${under(ofDate)}: ${UNTESTED}.`, [
        setKeys(ofDate, { compatibility_date: date }),
      ]),
    );
  const ofFlags = editor.holderOf(section, "compatibility_flags");
  const flags = textsAt(ofFlags.settings, "compatibility_flags");
  const missing = textsAt(wanted, "compatibility_flags").filter((flag) => !flags.includes(flag));
  const sentences = missing.map(
    (flag) => `wrangler.toml has no compatibility flag ${flag}${under(ofFlags)}: ${HUB_FLAGS[flag] ?? UNTESTED}.`,
  );
  if (missing.length > 0)
    gaps.push(optional(sentences.join("\n"), [setKeys(ofFlags, { compatibility_flags: [...flags, ...missing] })]));
  return gaps;
};

/** In the order in which gaps are printed. */
const COMPARISONS = [
  ...[compareMain, compareStore, compareAllBindings, compareClasses, compareConsumers],
  ...[compareAssets, compareTriggers, compareCompatibility],
];

/**
 * What a folder lacks of this version of Feedwright, in the environments that are named; undefined is the top level. It may have
 * more of its own, other names of queues and databases, and other limits. `channel` is of site.yaml, undefined if that has an
 * error: a hub is asked for only where it is used.
 */
export const compareSettings = (
  folder: ComparedFolder,
  environments: readonly (typeof NEWSROOM | undefined)[],
  channel: Pick<Channel, "hubs" | "url"> | undefined,
): readonly Gap[] => {
  const { text, settings, wanted } = folder;
  const editor = createBindingEditor(folder);
  const gaps = environments.flatMap((environment) => {
    const isNewsroom = environment === NEWSROOM;
    const path = isNewsroom ? `env.${NEWSROOM}` : "";
    const at = (whole: Settings): Settings => (isNewsroom ? (tableAt(whole, path) ?? {}) : whole);
    const section: Section = { path, settings: at(settings) };
    const inherited = pick(editor.holderOf(section, "assets").settings, ["assets"]);
    const bound = bindingsOf({ ...section.settings, ...inherited });
    const comparison = { ...{ text, section, wanted, isNewsroom, channel, editor, bound }, ours: at(wanted) };
    return COMPARISONS.flatMap((compare) => compare(comparison));
  });
  const reported = gaps.filter(({ edits }) => edits.length > 0).map((gap) => ({ ...gap, edits: joinEdits(gap.edits) }));
  // What an environment inherits is missing in both.
  return [...new Map(reported.map((gap) => [JSON.stringify(gap), gap])).values()];
};
