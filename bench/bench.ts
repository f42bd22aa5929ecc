import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath, URL } from "node:url";
import { parseArgs } from "node:util";
import { compilingPart } from "./compiling/compiling-part.ts";
import { describeMachine, loadShare } from "./measure/machine.ts";
import { memoryPart } from "./memory/memory-part.ts";
import { missingPart } from "./missing/missing-part.ts";
import { newsroomPart } from "./newsroom/newsroom-part.ts";
import { partnersPart } from "./partners/partners-part.ts";
import { pushPart } from "./push/push-part.ts";
import { renderPart } from "./render/render-part.ts";
import { requestsPart } from "./serve/requests-part.ts";
import { sizePart } from "./serve/size-part.ts";
import { startupPart } from "./serve/startup-part.ts";
import { starvationPart } from "./starvation/starvation-part.ts";
import { wirePart } from "./wire/wire-part.ts";

const PARTS = {
  rendering: renderPart,
  compiling: compilingPart,
  requests: requestsPart,
  wire: wirePart,
  newsroom: newsroomPart,
  missing: missingPart,
  partners: partnersPart,
  push: pushPart,
  starvation: starvationPart,
  memory: memoryPart,
  size: sizePart,
  startup: startupPart,
};

const HELP = `Usage: npm run bench -- [part …] [--quick] [--before <checkout>]

Measures everything (about forty minutes), prints it and writes bench/RESULTS.md; with parts only those, and writes nothing.
The parts are ${Object.keys(PARTS).join(", ")}.

  --quick              only tests that everything works (a few minutes), and writes nothing
  --before <checkout>  also measures another checkout, with its dependencies installed, in the parts
                       compiling, requests, missing, starvation, size and startup
  --help               prints this`;

const RESULTS = fileURLToPath(new URL("RESULTS.md", import.meta.url));

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      before: { type: "string" },
      help: { type: "boolean", default: false },
    },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const isQuick = values.quick;
  const unknown = positionals.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined)
    throw new Error(`there is no part ${unknown}. The parts are ${Object.keys(PARTS).join(", ")}.`);
  const before = values.before && resolve(values.before);
  const runsAll = positionals.length === 0;
  if (!isQuick && loadShare() > 0.25)
    console.error("Other programs keep this machine busy: expect the numbers to vary.\n");
  const chapters = [
    `# Benchmark

Measured by \`npm run bench\`, which writes this file. Run it on your machine; medians and ratios are what to compare.

${describeMachine()}
`,
  ];
  console.log(chapters[0]);
  for (const [name, part] of Object.entries(PARTS)) {
    if (!runsAll && !positionals.includes(name)) continue;
    const chapter = await part({ isQuick, before });
    console.log(chapter);
    chapters.push(chapter);
  }
  if (isQuick) console.log("Quick: these numbers mean little, and bench/RESULTS.md is as it was.");
  else if (!runsAll || before !== undefined)
    console.log("Not a whole run of this checkout alone: bench/RESULTS.md is as it was.");
  else await writeFile(RESULTS, chapters.join("\n"));
};

try {
  await main();
  process.exit();
} catch (error) {
  console.error(`The benchmark failed: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
