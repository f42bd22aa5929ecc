import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Metafile } from "esbuild";
import { isRecord } from "../../src/lib/is-record.ts";

/** A package that is bundled, and on which terms. */
interface ThirdParty {
  readonly name: string;
  readonly version: string;
  /** SPDX. */
  readonly license: string;
  /** What its licence file says; that it has none, otherwise, and who wrote it. */
  readonly text: string;
}

const INSTALLED = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** The folders of the packages that some bundles have code of, below `root` or absolute. */
export const bundledPackages = (metafiles: readonly Metafile[]): readonly string[] => {
  const inputs = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap((output) => Object.keys(output.inputs));
  return [...new Set(inputs.flatMap((path) => INSTALLED.exec(path)?.[1] ?? []))];
};

const readPackage = async (folder: string): Promise<ThirdParty> => {
  const manifest: unknown = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const { name, version, license, author } = isRecord(manifest) ? manifest : {};
  if (typeof license !== "string") throw new Error(`${folder} names no licence. It must not be bundled.`);
  const file = (await readdir(folder)).toSorted().find((one) => /^(?:licen[cs]e|copying)/i.test(one));
  const text =
    file === undefined
      ? `It has no licence file. Its package.json says: ${license}, by ${isRecord(author) ? author.name : author}.`
      : (await readFile(join(folder, file), "utf8")).replaceAll("\r\n", "\n").trim();
  return { name: String(name), version: String(version), license, text };
};

/** The licences of the packages that some bundles have code of: a heading each, and the text. Throws if one names no licence. */
export const thirdPartyText = async (metafiles: readonly Metafile[], root: string): Promise<string> => {
  const packages = await Promise.all(bundledPackages(metafiles).map((folder) => readPackage(resolve(root, folder))));
  const titleOf = ({ name, version, license }: ThirdParty): string => `${name} ${version} (${license})`;
  const sections = packages
    .toSorted((a, b) => (titleOf(a) < titleOf(b) ? -1 : 1))
    .map((one) => `${"-".repeat(80)}\n${titleOf(one)}\n\n${one.text}`);
  return [
    "The bundles of Feedwright contain code of these packages, under the licences that follow.",
    ...sections,
    "",
  ].join("\n\n");
};
