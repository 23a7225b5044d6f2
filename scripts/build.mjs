/*
 * Builds what the commands run: `node scripts/build.mjs [demo] [serve] [tenant] [kills] [bench]`, all of them without names. A target whose
 * inputs are what they were at its last build is left alone, so that a warm `npm start` does not even load Vite.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");

/** What each command runs: a page in the mode of its name, and a server made from one source file. */
const targets = {
  demo: { page: "demo", server: "src/demo/serve.ts" },
  serve: { page: "page", server: "src/app/serve.ts" },
  tenant: { page: null, server: "src/simulator/main.ts" },
  contract: { page: null, server: "src/contract-suite/main.ts" },
  doctor: { page: null, server: "src/doctor/main.ts" },
  kills: { page: null, server: "src/kills/main.ts" },
  cluster: { page: null, server: "src/cluster/main.ts" },
  "serve-next": { page: null, server: "src/app/serve.ts", replaced: asLaterVersion },
  bench: { page: null, server: "src/bench/main.ts" },
  canaries: { page: null, server: "src/canaries/main.ts" },
  soak: { page: null, server: "src/soak/main.ts" },
  attacks: { page: null, server: "src/attacks/main.ts" },
};

/**
 * What a later version of the server could be: it speaks a contract that earlier pages cannot read, and its records have a field
 * that the earlier version does not know. Fails where the source is not as it is expected, for then nothing would be different.
 */
function asLaterVersion(file, text) {
  const replaced = {
    "src/contract/routes.ts": [/export const CONTRACT = "(\d+)"/, 'export const CONTRACT = "$1-next"'],
    "src/bff/account-record.ts": [
      /(accountRecordSchema = z\.object\(\{)/,
      '$1 ofLaterVersion: z.catch(z.string(), "x"),',
    ],
    "src/bff/session-record.ts": [
      /(sessionRecordSchema = z\.object\(\{)/,
      '$1 ofLaterVersion: z.catch(z.string(), "x"),',
    ],
  }[file];
  if (!replaced) return null;
  if (!replaced[0].test(text)) throw new Error(`${file} no longer has what a later version would change.`);
  // No map: the lines are where they were.
  return { code: text.replace(...replaced), map: null };
}

const inputs = [
  "index.html",
  "package-lock.json",
  "package.json",
  "public",
  "scripts",
  "src",
  "tsconfig.json",
  "vite.config.ts",
];

function filesBelow(path) {
  if (!existsSync(path)) return [];
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    return entries.flatMap((entry) =>
      entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)],
    );
  } catch (error) {
    if (error.code === "ENOTDIR") return [path];
    throw error;
  }
}

function hashOfInputs() {
  const files = inputs.flatMap((input) => filesBelow(join(root, input))).filter((file) => !/\.test\.tsx?$/.test(file));
  const hash = createHash("sha256").update(process.version);
  for (const file of files.toSorted())
    hash.update(relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

/** Settings of a server's build: one file a server, so that nothing of another server can slip into it by a shared chunk. */
function serverBuild(name, { server, replaced }) {
  return {
    root,
    plugins: replaced ? [{ name: "replaced", transform: (text, id) => replaced(relative(root, id), text) }] : [],
    logLevel: "warn",
    // React leaves out what helps its developers, and with it most of its size.
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      ssr: true,
      target: "node20",
      outDir: `dist/server/${name}`,
      emptyOutDir: true,
      copyPublicDir: false,
      minify: false,
      sourcemap: true,
      rolldownOptions: { input: { main: server }, output: { entryFileNames: "[name].js", codeSplitting: false } },
    },
  };
}

function pageBuild(name) {
  return {
    root,
    mode: name === "demo" ? "demo" : "page",
    logLevel: "warn",
    build: { outDir: `dist/${name}`, emptyOutDir: true },
  };
}

/** Builds the named targets whose inputs changed since they were last built. */
export async function build(names = Object.keys(targets)) {
  const wanted = hashOfInputs();
  const noteOf = (name) => join(dist, ".built", name);
  const stale = names.filter((name) => !existsSync(noteOf(name)) || readFileSync(noteOf(name), "utf8") !== wanted);
  if (stale.length === 0) return;
  // Vite fixes React's build and the page's from this variable; a developer's own setting must not leak into it.
  process.env.NODE_ENV = "production";
  const vite = await import("vite");
  for (const name of stale) rmSync(noteOf(name), { force: true });
  await Promise.all(
    stale.flatMap((name) => {
      const { page } = targets[name];
      return [page && vite.build(pageBuild(page)), vite.build(serverBuild(name, targets[name]))];
    }),
  );
  mkdirSync(join(dist, ".built"), { recursive: true });
  for (const name of stale) writeFileSync(noteOf(name), wanted);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !(name in targets));
  if (unknown) {
    console.error(`There is no target "${unknown}"; there are: ${Object.keys(targets).join(", ")}.`);
    process.exit(1);
  }
  await build(names.length > 0 ? names : undefined);
}
