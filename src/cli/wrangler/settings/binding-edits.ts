import { isRecord } from "../../../lib/is-record.ts";
import { type Binding, LIMITS, PRODUCERS } from "./bindings.ts";
import { addToList, type Edit, type Section, setInTable } from "./edits.ts";
import { mayExport } from "./exported-names.ts";
import { pick, type Settings, tableAt, tablesAt, textAt, textsAt } from "./parse-settings.ts";

/** A folder of a publication, and what it is compared with. */
export interface ComparedFolder {
  /** Its wrangler.toml: as text, and parsed. */
  readonly text: string;
  readonly settings: Settings;
  /** What this version of Feedwright wants it to be, with the names of the folder. */
  readonly wanted: Settings;
  /** The text of the modules that `main` names, by that name; without those that can't be read. */
  readonly modules: ReadonlyMap<string, string>;
}

/** Says what to add for bindings. It knows what it has said, and says nothing twice. */
export interface BindingEditor {
  /** The section that a key is read from: an environment inherits some keys, unless it has them. */
  readonly holderOf: (section: Section, key: string) => Section;
  readonly addBinding: (section: Section, binding: Binding) => Edit;
  /** A migration of those classes that no migration makes yet, or their entries in `exports` where that stands in place of migrations. */
  readonly addMigration: (section: Section, classes: readonly string[]) => readonly Edit[];
  /** Exports of those classes that the entry of the worker surely does not export. */
  readonly addExports: (section: Section, classes: readonly string[]) => readonly Edit[];
  /** A consumer of a queue, unless there is one. */
  readonly addConsumer: (section: Section, queue: string) => readonly Edit[];
}

/** How that which a binding names is created before the first deployment with it, as a comment. */
const creationComment = ({ place, entry }: Binding): string => {
  const creation: Readonly<Record<string, string>> = {
    [PRODUCERS]: `queues create ${textAt(entry, "queue")}`,
    d1_databases: `d1 create ${textAt(entry, "database_name")}`,
    r2_buckets: `r2 bucket create ${textAt(entry, "bucket_name")}`,
  };
  return creation[place] === undefined ? "" : `# Before the next deployment: npx wrangler ${creation[place]}\n`;
};

/** Whether a migration makes a class, under the name that it has now. */
const makesClass = (migration: Settings, name: string): boolean =>
  textsAt(migration, "new_sqlite_classes").includes(name) ||
  ["renamed_classes", "transferred_classes"].some((key) =>
    tablesAt(migration, key).some((one) => textAt(one, "to") === name),
  );

/** Whether a section says in `exports` what becomes of classes: wrangler takes either that or migrations. */
const hasExports = (settings: Settings): boolean =>
  Object.values(tableAt(settings, "exports") ?? {}).some((one) => isRecord(one) && one.type === "durable-object");

const limitsOf = (settings: Settings): readonly Settings[] => {
  const environments = Object.keys(tableAt(settings, "env") ?? {});
  return [LIMITS, ...environments.map((name) => `env.${name}.${LIMITS}`)].flatMap((path) => tablesAt(settings, path));
};

/** Makes an editor for the sections of one wrangler.toml. */
export const createBindingEditor = ({ text, settings, wanted, modules }: ComparedFolder): BindingEditor => {
  const top: Section = { path: "", settings };

  const holderOf = (section: Section, key: string): Section => (Object.hasOwn(section.settings, key) ? section : top);

  // By the path of the section: those that are there, and those that were asked for.
  const migrations = new Map<string, Settings[]>();
  const declarations = new Map<string, Set<string>>();

  const limits = [...limitsOf(settings)];

  /** A rate limit in a namespace that none of another name has: what is in one is counted together. */
  const withOwnNamespace = (limit: Settings): Settings => {
    let id = Number(textAt(limit, "namespace_id"));
    while (limits.some((one) => one.namespace_id === String(id) && one.name !== limit.name)) id++;
    const own = { ...limit, namespace_id: String(id) };
    limits.push(own);
    return own;
  };

  return {
    holderOf,
    addBinding(section, binding) {
      const { place, isTable, entry } = binding;
      if (!isTable)
        return addToList(
          text,
          section,
          place,
          place === LIMITS ? withOwnNamespace(entry) : entry,
          creationComment(binding),
        );
      const holder = holderOf(section, place);
      const isThere = tableAt(holder.settings, place) !== undefined;
      return isThere
        ? setInTable(text, holder, place, pick(entry, ["binding"]))
        : setInTable(text, section, place, entry);
    },
    addMigration(section, classes) {
      const declaring = holderOf(section, "exports");
      if (hasExports(declaring.settings)) {
        const declared = declarations.get(declaring.path) ?? new Set();
        declarations.set(declaring.path, declared);
        const undeclared = classes.filter(
          (name) => !declared.has(name) && tableAt(declaring.settings, `exports.${name}`) === undefined,
        );
        return undeclared.map((name) => {
          declared.add(name);
          return setInTable(text, declaring, `exports.${name}`, { type: "durable-object", storage: "sqlite" });
        });
      }
      const holder = holderOf(section, "migrations");
      const known = migrations.get(holder.path) ?? [...tablesAt(holder.settings, "migrations")];
      migrations.set(holder.path, known);
      const missing = classes.filter((name) => !known.some((one) => makesClass(one, name)));
      if (missing.length === 0) return [];
      let number = known.length + 1;
      while (known.some(({ tag }) => tag === `v${number}`)) number++;
      const migration = { tag: `v${number}`, new_sqlite_classes: missing };
      known.push(migration);
      return [addToList(text, holder, "migrations", migration)];
    },
    addExports(section, classes) {
      const main = textAt(section.settings, "main") ?? textAt(settings, "main") ?? "";
      const source = modules.get(main);
      const missing = source === undefined ? [] : classes.filter((name) => !mayExport(source, name));
      if (missing.length === 0) return [];
      return [{ where: `Add at the end of ${main}:`, lines: `export const { ${missing.join(", ")} } = worker;` }];
    },
    addConsumer(section, queue) {
      if (tablesAt(section.settings, "queues.consumers").some((one) => one.queue === queue)) return [];
      const [ours = {}] = tablesAt(wanted, "queues.consumers");
      return [addToList(text, section, "queues.consumers", { ...ours, queue })];
    },
  };
};
