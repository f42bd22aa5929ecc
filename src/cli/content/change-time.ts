import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Instant } from "../../model/instant.ts";
import { changedAtOf, type Publication, readPublication } from "../../model/publication.ts";
import { visibilityOf } from "../../model/visibility.ts";
import { listFolder } from "../files/read-folder.ts";

/** What readers may see of a publication at `now`, to compare it with that of another. Former scopes follow from the items. */
const publicPart = ({ items, media, formerScopes: _, ...rest }: Publication, now: Instant): string => {
  const shown = items.filter((item) => visibilityOf(item, now) !== "hidden");
  const used = [...new Set([...rest.channel.media, ...shown.flatMap((item) => item.media)])].sort();
  return JSON.stringify([rest, shown, used.map((path) => [path, media[path]])]);
};

/**
 * When what `npm start` serves last changed for readers, in whole seconds: not if a story was saved that they can't see. `former` is
 * what the build before wrote, if there was one; `text` is what this one will write; `codeChangedAt` is when the code changed. After
 * a change it is at least a second later than before.
 */
export const changeTime = (former: string | undefined, text: string, codeChangedAt: Instant, now: Instant): Instant => {
  const second = Math.floor(now / 1000) * 1000;
  const before = former === undefined ? undefined : changedAtOf(former);
  if (former === undefined || before === undefined) return second;
  const isSame =
    codeChangedAt <= before && publicPart(readPublication(former), now) === publicPart(readPublication(text), now);
  return isSame ? before : Math.max(second, before + 1000);
};

/** When a file below a folder was last changed. */
export const lastChangeBelow = async (folder: string): Promise<Instant> => {
  const files = await Promise.all((await listFolder(folder)).map((path) => stat(join(folder, path))));
  return files.reduce((latest, { mtimeMs }) => Math.max(latest, mtimeMs), 0);
};
