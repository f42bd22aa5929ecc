import { buildFolder } from "./content/build-folder.ts";

const isBuilt = await buildFolder();
if (!isBuilt && process.env.FEEDWRIGHT_WHILE_SERVING !== "1") process.exitCode = 1;
