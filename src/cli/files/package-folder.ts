import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

const findAbove = (folder: string): string =>
  existsSync(join(folder, "package.json")) || dirname(folder) === folder ? folder : findAbove(dirname(folder));

/** The folder of this Feedwright: a checkout, or an installed package. */
export const PACKAGE_FOLDER: string = findAbove(import.meta.dirname);

/** The code that serves: in a checkout that which wrangler bundles. */
export const CODE_FOLDER: string =
  [join(PACKAGE_FOLDER, "src"), join(PACKAGE_FOLDER, "dist")].find(existsSync) ?? PACKAGE_FOLDER;
