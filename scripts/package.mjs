/*
 * `node scripts/package.mjs`: builds what is handed out into `dist/package` and packs it: one package with a door for each use, and its
 * types. Nothing of this repository's own layout can be reached through it.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "dist", "package");
const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** Each door with its source. `peers`: the host's React is used; `alone`: everything is in it; `server`: for Node. */
const DOORS = {
  react: { source: "src/embed/react-door.tsx", kind: "peers" },
  headless: { source: "src/embed/headless.ts", kind: "peers" },
  element: { source: "src/embed/element-door.ts", kind: "alone" },
  bff: { source: "src/bff/door.ts", kind: "server" },
  simulator: { source: "src/simulator/door.ts", kind: "server" },
  testing: { source: "src/testing/door.ts", kind: "server" },
};

/** The package's command, `npx mfa-enroll doctor`: a program beside the doors, which nothing can import. */
const COMMAND = { name: "mfa-enroll", file: "server/command.js", source: "src/doctor/main.ts" };

/**
 * What the host brings, each for one door or two: the first three for React, and Playwright, of which the types alone are named, for tests.
 * Nothing of React is used that 18 does not have.
 */
export const PEERS = {
  react: ">=18",
  "@tanstack/react-query": "^5.0.0",
  "react-hook-form": "^7.0.0",
  playwright: "^1.40.0",
};
/** What the doors for Node import. */
const SERVER_PACKAGES = [
  "@hono/node-server",
  "hono",
  "ioredis",
  "jose",
  "libphonenumber-js",
  "nodemailer",
  "openid-client",
  "pino",
  "postal-mime",
  "prom-client",
  "rate-limiter-flexible",
  "smtp-server",
  "undici",
  "zod",
];

/** React and React Query would be most of the file for a script tag; what is written for their users takes their place there. */
const STAND_INS = [
  { find: /^@tanstack\/react-query$/, replacement: join(root, "src", "alone", "react-query.ts") },
  { find: /^react-dom\/client$/, replacement: "preact/compat/client" },
  { find: /^react-dom$/, replacement: "preact/compat" },
  { find: /^react\/jsx-runtime$/, replacement: "preact/jsx-runtime" },
  { find: /^react$/, replacement: join(root, "scripts", "preact.mjs") },
];

const typesOf = (source) => `./types/${relative("src", source).replace(/\.tsx?$/, ".d.ts")}`;
const isOf = (packages) => (id) => packages.some((name) => id === name || id.startsWith(`${name}/`));
const entriesOf = (kind) =>
  Object.fromEntries(
    Object.entries(DOORS)
      .filter(([, door]) => door.kind === kind)
      .map(([name, { source }]) => [name, join(root, source)]),
  );

const common = { root, logLevel: "warn", publicDir: false };
const plain = { manifest: false, emptyOutDir: false, sourcemap: true };
const output = { entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" };

/** Builds the doors for browsers into a folder: those for a host's React there, and those that bring everything into `alone` below. */
export async function buildBrowserDoors(into) {
  process.env.NODE_ENV = "production";
  const { build } = await import("vite");
  await build({
    ...common,
    mode: "react-door",
    build: {
      ...plain,
      outDir: into,
      lib: { entry: entriesOf("peers"), formats: ["es"] },
      rolldownOptions: { external: isOf(Object.keys(PEERS)), output },
    },
  });
  await build({
    ...common,
    mode: "element-door",
    // Relative, because nobody knows under which address the file will be served.
    base: "./",
    resolve: { alias: STAND_INS },
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      ...plain,
      outDir: join(into, "alone"),
      // What is preloaded is named by its place, which a host that bundles the file anew gives up.
      modulePreload: false,
      // In one file: a chunk that it begins with would be one more way to the server and back.
      rolldownOptions: { input: entriesOf("alone"), preserveEntrySignatures: "allow-extension", output },
    },
  });
}

/** Builds the script that a page may have beside those doors. It is one file, and no module. */
async function buildAsk(into) {
  const { build } = await import("vite");
  await build({
    ...common,
    build: {
      ...plain,
      outDir: join(into, "alone"),
      lib: { entry: join(root, "src/embed/ask.ts"), formats: ["iife"], name: "mfaAsk", fileName: () => "ask.js" },
    },
  });
}

async function buildServerDoors() {
  const { build } = await import("vite");
  await build({
    ...common,
    build: {
      ...plain,
      ssr: true,
      target: "node20",
      outDir: join(out, "server"),
      rolldownOptions: {
        input: { ...entriesOf("server"), command: join(root, COMMAND.source) },
        external: isOf(SERVER_PACKAGES),
        output,
      },
    },
    // Metadata is JSON, which Node does not simply import.
    ssr: { noExternal: [/^libphonenumber-js\/metadata/] },
  });
}

/** Lists the declarations that can be reached from some, by the paths in their imports. */
function reachable(files, seen = new Set()) {
  for (const file of files) {
    if (seen.has(file)) continue;
    seen.add(file);
    const named = readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']+)\.js["']/g);
    reachable(
      [...named].map(([, path]) => join(dirname(file), `${path}.d.ts`)),
      seen,
    );
  }
  return seen;
}

/** Writes the types of the doors and of what they name. */
function writeTypes() {
  const config = join(dirname(out), "tsconfig.package.json");
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(root, "tsconfig.json"),
      compilerOptions: {
        noEmit: false,
        emitDeclarationOnly: true,
        declaration: true,
        outDir: join(out, "types"),
        rootDir: join(root, "src"),
      },
      include: [join(root, "src/**/*.d.ts")],
      files: Object.values(DOORS).map(({ source }) => join(root, source)),
    }),
  );
  const done = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", config], {
    stdio: "inherit",
  });
  rmSync(config);
  if (done.status !== 0) throw new Error("The types of the package could not be written.");
  for (const entry of readdirSync(join(out, "types"), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const text = readFileSync(file, "utf8");
    // What is imported is not there as source, and a style sheet has no type.
    const plain = text
      .replace(/((?:from|import)\s*\(?\s*["']\.{1,2}\/[^"']+)\.tsx?(["'])/g, "$1.js$2")
      .replace(/^import ["'][^"']+\.css["'];\n/gm, "");
    if (plain !== text) writeFileSync(file, plain);
  }
  // The compiler writes what a door is made of as well.
  const named = reachable(Object.values(DOORS).map(({ source }) => join(out, typesOf(source))));
  for (const entry of readdirSync(join(out, "types"), { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && !named.has(file)) rmSync(file);
  }
}

/** Writes the package's own manifest: what each door is, and what it needs. */
function writeManifest() {
  const fileOf = (name, kind) => (kind === "peers" ? `./${name}.js` : `./${kind}/${name}.js`);
  const exported = Object.fromEntries(
    Object.entries(DOORS).map(([name, { source, kind }]) => [
      `./${name}`,
      { types: typesOf(source), default: fileOf(name, kind) },
    ]),
  );
  const pick = (names) => Object.fromEntries(names.map((name) => [name, own.dependencies[name]]));
  const manifest = {
    name: own.name,
    version: own.version,
    description: own.description,
    license: own.license,
    type: "module",
    engines: own.engines,
    bin: { [COMMAND.name]: `./${COMMAND.file}` },
    exports: { ...exported, "./wizard.css": "./wizard.css", "./package.json": "./package.json" },
    // An element is registered by importing it, and a sheet is nothing but an effect.
    sideEffects: ["./alone/element.js", "./alone/ask.js", "./wizard.css"],
    dependencies: pick(SERVER_PACKAGES),
    peerDependencies: PEERS,
    peerDependenciesMeta: Object.fromEntries(Object.keys(PEERS).map((name) => [name, { optional: true }])),
  };
  writeFileSync(join(out, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const name of ["README.md", "LICENSE"]) cpSync(join(root, name), join(out, name));
  // The README leads to these. Its pictures stay behind: they are fifteen times as much as all pages.
  const isPage = (path) => !/screenshots$|\.gif$/.test(path);
  cpSync(join(root, "docs"), join(out, "docs"), { recursive: true, filter: isPage });
  cpSync(join(root, "src/ui/wizard.css"), join(out, "wizard.css"));
}

/** Writes the licences of what is bundled, as they ask for; the maps tell what that is. Fails where one has none. */
function writeNotices() {
  const maps = readdirSync(out, { recursive: true }).filter((name) => name.endsWith(".js.map"));
  const sources = maps.flatMap((map) => JSON.parse(readFileSync(join(out, map), "utf8")).sources);
  const names = sources.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []);
  const notices = [...new Set(names)].toSorted().map((name) => {
    const folder = join(root, "node_modules", name);
    const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    if (!file) throw new Error(`${name} is bundled and has no licence.`);
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  });
  writeFileSync(join(out, "THIRD-PARTY-NOTICES.txt"), notices.join(`\n${"-".repeat(80)}\n\n`));
}

/** Builds and packs, and returns the path of the archive. */
export async function pack() {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await buildBrowserDoors(out);
  await buildAsk(out);
  await buildServerDoors();
  writeTypes();
  writeManifest();
  writeNotices();
  const done = spawnSync("npm", ["pack", out, "--pack-destination", dirname(out), "--json"], {
    cwd: root,
    encoding: "utf8",
  });
  if (done.status !== 0) throw new Error(`npm pack failed: ${done.stderr}`);
  const archive = join(dirname(out), `${own.name}-${own.version}.tgz`);
  if (!existsSync(archive)) throw new Error("npm pack wrote no archive.");
  return archive;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(await pack());
