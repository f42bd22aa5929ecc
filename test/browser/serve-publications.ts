import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { TestProject } from "vitest/node";
import { createWorkplace, freePort, type Serving, serve, type Workplace } from "../end-to-end/workplace.ts";
import type { Files } from "../fixtures/publication.ts";
import { requirePrograms } from "./browsers/find-program.ts";
import { publicationIn } from "./publication/publication.ts";
import { LANGUAGES, type Language } from "./publication/texts.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the publication in each language is served, without a slash at the end. */
    readonly sites: Readonly<Record<Language, string>>;
  }
}

/** A publication that is served, and the copy of the project that it is served from. */
export interface ServedPublication extends Serving {
  readonly close: () => Promise<void>;
}

const writeContent = ({ folder }: Workplace, files: Files): void => {
  rmSync(join(folder, "content"), { recursive: true });
  for (const [path, file] of Object.entries(files)) {
    mkdirSync(join(folder, "content", dirname(path)), { recursive: true });
    writeFileSync(join(folder, "content", path), file);
  }
};

/** Serves the publication in a language as a publisher would see it: by `npm start`, on workerd. */
export const servePublication = async (language: Language): Promise<ServedPublication> => {
  const workplace = createWorkplace();
  writeContent(workplace, publicationIn(language));
  const port = await freePort();
  const serving = await serve(workplace, `npm start -- --port ${port}`, port);
  const close = async (): Promise<void> => {
    await serving.stop();
    workplace.remove();
  };
  return { ...serving, close };
};

/** Serves the publications to all tests; vitest calls it once, before them. */
export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  requirePrograms();
  const served = await Promise.all(LANGUAGES.map(servePublication));
  const [en = "", ar = ""] = served.map(({ url }) => url);
  provide("sites", { en, ar });
  return async () => {
    await Promise.all(served.map(({ close }) => close()));
  };
};
