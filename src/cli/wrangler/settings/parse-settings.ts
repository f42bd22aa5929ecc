import { parse, TomlError } from "smol-toml";
import { isRecord } from "../../../lib/is-record.ts";

/** What a wrangler.toml says, or a table of it. */
export type Settings = Readonly<Record<string, unknown>>;

/** Why a text is no TOML, and where. */
export interface SyntaxFault {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

/** Parses a wrangler.toml. */
export const parseSettings = (text: string): { readonly settings: Settings } | { readonly fault: SyntaxFault } => {
  try {
    return { settings: parse(text) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [reason = ""] = error.message.split("\n");
    return { fault: { line: error.line, column: error.column, reason } };
  }
};

const valueAt = (settings: Settings, path: string): unknown =>
  path.split(".").reduce<unknown>((parent, key) => (isRecord(parent) ? parent[key] : undefined), settings);

/** The table at a path such as `env.newsroom`; undefined if there is none. */
export const tableAt = (settings: Settings, path: string): Settings | undefined => {
  const value = valueAt(settings, path);
  return isRecord(value) ? value : undefined;
};

/** The tables of the list at a path such as `durable_objects.bindings`; empty if there is no list. */
export const tablesAt = (settings: Settings, path: string): readonly Settings[] => {
  const value = valueAt(settings, path);
  return Array.isArray(value) ? value.filter(isRecord) : [];
};

/** The texts of the list at a path; empty if there is no list. */
export const textsAt = (settings: Settings, path: string): readonly string[] => {
  const value = valueAt(settings, path);
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
};

/** The text at a path; undefined if there is none. */
export const textAt = (settings: Settings, path: string): string | undefined => {
  const value = valueAt(settings, path);
  return typeof value === "string" ? value : undefined;
};

/** Some keys of a table, with their values. */
export const pick = (settings: Settings, keys: readonly string[]): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([key]) => keys.includes(key)));
