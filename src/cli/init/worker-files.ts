import type { NewPublication } from "./publication-files.ts";

/** The versions that a new folder is pinned to. */
export interface Versions {
  /** Version or address from which this feedwright was installed. */
  readonly feedwright: string;
  readonly wrangler: string;
}

const workerText = (module: string, create: string): string => `import { ${create} } from "${module}";
import publication from "./build/publication.txt";

const worker = ${create}({ publication });

export const { Scheduler, Hub, TopicShard, Usage } = worker;

const { fetch, scheduled, queue } = worker;

export default { fetch, scheduled, queue };
`;

/** Our own wrangler.toml, as a folder needs it that has feedwright as a package. */
const wranglerText = (own: string, name: string, hasNewsroom: boolean): string => {
  const [ofReading = "", ofNewsroom = ""] = own.split(/^(?=# The newsroom:)/m);
  const reading = ofReading
    .replace(/^# Packages of the newsroom's compiler[\s\S]*?(?=^# content\/ is checked)/m, "")
    .replace(/^main = .*$/m, 'main = "worker.ts"')
    .replace(/^command = .*$/m, 'command = "npx feedwright build"')
    .replace(/^watch_dir = .*$/m, 'watch_dir = ["content"]');
  const newsroom = ofNewsroom
    .replace(/^main = .*$/m, 'main = "newsroom-worker.ts"')
    .replaceAll('migrations_dir = "migrations"', 'migrations_dir = "node_modules/feedwright/migrations"');
  return (hasNewsroom ? reading + newsroom : `${reading.trimEnd()}\n`)
    .replaceAll('"feedwright"', `"${name}"`)
    .replaceAll(/"feedwright-(?=[a-z])/g, `"${name}-`);
};

const COMMANDS = [
  ...["start", "check", "build", "deploy", "new", "release"],
  ...["publish", "sync", "export", "editor", "hub", "partner"],
];

const packageText = (name: string, versions: Versions, hasNewsroom: boolean): string => {
  const scripts = {
    ...Object.fromEntries(COMMANDS.map((command) => [command, `feedwright ${command}`])),
    ...(hasNewsroom && {
      "start:newsroom": "feedwright start:newsroom",
      "deploy:newsroom": "feedwright deploy --newsroom",
    }),
  };
  const engines = { node: ">=22.12" };
  return `${JSON.stringify({ name, private: true, type: "module", scripts, devDependencies: versions, engines }, null, 2)}\n`;
};

const GIT_IGNORE = `node_modules/
build/
.wrangler/

# Secrets for \`npm start\` and commands.
.dev.vars*
!.dev.vars.example
.env*
!.env.example
`;

/** What every job of the workflow begins with. */
const SETUP = `      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22 }
      - run: npm ci
`;

const WORKFLOW = `name: feedwright

on:
  pull_request:
  push:
    branches: [main]

jobs:
  check:
    runs-on: ubuntu-latest
    steps:
${SETUP}      - run: npm run check
  deploy:
    needs: check
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    steps:
${SETUP}      - run: npm run deploy
        env:
          CLOUDFLARE_API_TOKEN: \${{ secrets.CLOUDFLARE_API_TOKEN }}
          CLOUDFLARE_ACCOUNT_ID: \${{ secrets.CLOUDFLARE_ACCOUNT_ID }}
`;

/** The files that make a worker of a publication, by path. `ownWrangler` is the wrangler.toml of this feedwright. */
export const workerFiles = (
  name: string,
  { hasNewsroom }: Pick<NewPublication, "hasNewsroom">,
  versions: Versions,
  ownWrangler: string,
): Readonly<Record<string, string>> => ({
  "worker.ts": workerText("feedwright", "createWorker"),
  ...(hasNewsroom && {
    "newsroom-worker.ts": workerText("feedwright/newsroom", "createNewsroom"),
    ".dev.vars.example": "# The owner's token of the newsroom: `openssl rand -hex 32` prints one.\nPUBLISH_TOKEN=\n",
  }),
  "wrangler.toml": wranglerText(ownWrangler, name, hasNewsroom),
  "package.json": packageText(name, versions, hasNewsroom),
  ".gitignore": GIT_IGNORE,
  ".github/workflows/feedwright.yml": WORKFLOW,
});
