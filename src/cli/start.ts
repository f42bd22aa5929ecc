import { buildFolder } from "./content/build-folder.ts";
import { CONTENT } from "./content/content-folder.ts";
import { readPort, wranglerDev } from "./wrangler/wrangler-dev.ts";

// Serves content/ on workerd and builds it again whenever it changes; a broken story leaves the last good edition up.

const port = readPort("Usage: npm start [-- --port 8787]");
if (typeof port === "string") {
  console.error(port);
  process.exitCode = 1;
} else if (await buildFolder()) {
  wranglerDev(port);
  console.log(`Serving ${CONTENT}/ at http://localhost:${port}/rss.xml, /atom.xml and /feed.json`);
} else {
  process.exitCode = 1;
}
