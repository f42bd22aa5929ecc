import type { OwnPackage } from "./own-package.ts";
import type { NewPublication } from "./publication-files.ts";

const workerText = (module: string, create: string): string => `import { ${create} } from "${module}";
import publication from "./build/publication.txt";

const worker = ${create}({ publication });

export const { Scheduler, Hub, TopicShard, Usage } = worker;

const { fetch, scheduled, queue } = worker;

export default { fetch, scheduled, queue };
`;

/** Our own wrangler.toml, as a folder needs it that has feedwright as a package. `name` is that of its worker. */
export const wranglerText = (own: string, name: string, hasNewsroom: boolean): string => {
  const [ofReading = "", ofNewsroom = ""] = own.split(/^(?=# The newsroom:)/m);
  const reading = ofReading
    .replace(/^# Packages of the newsroom's compiler[\s\S]*?(?=^# content\/ is checked)/m, "")
    .replace(/^main = .*$/m, 'main = "worker.ts"')
    .replace(/^watch_dir = .*$/m, 'watch_dir = ["content"]');
  const newsroom = ofNewsroom
    .replace(/^main = .*$/m, 'main = "newsroom-worker.ts"')
    .replaceAll('migrations_dir = "migrations"', 'migrations_dir = "node_modules/feedwright/migrations"');
  return (hasNewsroom ? reading + newsroom : `${reading.trimEnd()}\n`)
    .replaceAll('"feedwright"', `"${name}"`)
    .replaceAll(/(?<="|create )feedwright-(?=[a-z])/g, `${name}-`);
};

const COMMANDS = [
  ...["start", "check", "build", "deploy", "new", "release"],
  ...["publish", "sync", "export", "editor", "hub", "partner"],
];

const packageText = (name: string, own: OwnPackage, hasNewsroom: boolean, wranglerToml: string): string => {
  const scripts = {
    ...Object.fromEntries(COMMANDS.map((command) => [command, `feedwright ${command}`])),
    ...(hasNewsroom && {
      "start:newsroom": "feedwright start:newsroom",
      "deploy:newsroom": "feedwright deploy --newsroom",
    }),
    prepare: "feedwright-node",
  };
  const devDependencies = { feedwright: own.feedwright, wrangler: own.wrangler };
  const engines = { node: ">=20" };
  const bindings = Object.fromEntries(
    Object.entries(own.bindings).filter(([key]) => key === TOKEN || new RegExp(`\\b${key}\\b`).test(wranglerToml)),
  );
  const manifest = {
    ...{ name, private: true, type: "module", scripts, devDependencies },
    ...{ optionalDependencies: own.node, engines, cloudflare: { bindings } },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
};

const TOKEN = "PUBLISH_TOKEN";

/** Cloudflare's deploy button demands each secret that is not commented out. */
const secretsText = (hasNewsroom: boolean): string =>
  hasNewsroom
    ? `# The owner's token of the newsroom: \`openssl rand -hex 32\` prints one.\n${TOKEN}=\n`
    : `# For the commands of the hub only: \`openssl rand -hex 32\` prints a token.\n# ${TOKEN}=\n`;

/** npm warns of engines that concern the Node that runs npm, where the commands have one of their own. */
const NPM_SETTINGS = "loglevel=error\n";

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

/** The files that make a worker of a publication, by path. */
export const workerFiles = (
  name: string,
  { hasNewsroom }: Pick<NewPublication, "hasNewsroom">,
  own: OwnPackage,
): Readonly<Record<string, string>> => {
  const wranglerToml = wranglerText(own.wranglerToml, name, hasNewsroom);
  return {
    "worker.ts": workerText("feedwright", "createWorker"),
    ...(hasNewsroom && { "newsroom-worker.ts": workerText("feedwright/newsroom", "createNewsroom") }),
    ".dev.vars.example": secretsText(hasNewsroom),
    "wrangler.toml": wranglerToml,
    "package.json": packageText(name, own, hasNewsroom, wranglerToml),
    ".npmrc": NPM_SETTINGS,
    ".gitignore": GIT_IGNORE,
    ".github/workflows/feedwright.yml": WORKFLOW,
  };
};
