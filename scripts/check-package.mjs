/*
 * `node scripts/check-package.mjs`: looks at the archive that `scripts/hosts.mjs` has packed and laid out, as whoever installs it would
 * find it: its manifest and types, what can be imported and in which places, and what it holds. Ends with 1 where anything is wrong.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const hosts = join(root, "dist", "hosts");
const consumer = join(hosts, "consumer");
const installed = join(hosts, "node_modules", "mfa-enroll");
const textOf = (file) => readFileSync(join(installed, file), "utf8");
const manifest = JSON.parse(textOf("package.json"));
const files = readdirSync(installed, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name).slice(installed.length + 1));
const doors = Object.keys(manifest.exports).map((path) => path.replace(/^\./, manifest.name));
const modules = doors.filter((door) => !/\.\w+$/.test(door));

/** Runs Node where the archive is installed; one that does not end by itself within 30 s is ended, and has failed. */
function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: consumer,
    encoding: "utf8",
    timeout: 30_000,
  });
  return { well: status === 0, said: `${stdout}${stderr}`.trim() };
}
const tool = (path, ...args) => {
  const { well, said } = run(join(root, "node_modules", path), ...args);
  return well ? [] : [said || "It did not end in time."];
};

async function lintManifest() {
  const { messages, pkg } = await publint({ pkgDir: installed, pack: false, strict: true });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}

/** The package is for ES modules alone, and a sheet has no types. */
function resolveTypes() {
  const archive = join(root, "dist", `${manifest.name}-${manifest.version}.tgz`);
  const flags = ["--profile", "esm-only", "--exclude-entrypoints", "wizard.css", "--no-color", "--no-emoji"];
  return tool("@arethetypeswrong/cli/dist/index.js", archive, ...flags);
}

function compileConsumer() {
  const ways = ["--module esnext --moduleResolution bundler", "--module node16", "--module nodenext"];
  return ways.flatMap((way) => tool("typescript/bin/tsc", "-p", consumer, ...way.split(" ")));
}

/**
 * In Node there is no document. To import a door says nothing, leaves no global name behind (but for those that Zod finds its other
 * copies by), and holds the process by nothing.
 */
function importInNode() {
  return modules.flatMap((door) => {
    const source = `
      const before = new Set(Object.getOwnPropertyNames(globalThis));
      await import("${door}");
      const left = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name) && !/^__zod_/.test(name));
      if (left.length > 0) console.log(left.join());`;
    const { well, said } = run("--input-type=module", "--eval", source);
    return well && said === "" ? [] : [`${door}: ${said || "It did not end in time."}`];
  });
}

function renderInNode() {
  const { well, said } = run("render.mjs");
  const drawn = said.includes("Add a method") && said.endsWith("<p>choosingChannel</p>");
  return well && drawn ? [] : [said || "It did not end in time."];
}

/** Tells what is reached past the doors, and which door leads nowhere. */
function tryOtherPaths() {
  const { resolve } = createRequire(join(consumer, "any.js"));
  const outcome = (path) => {
    try {
      return resolve(path);
    } catch ({ code }) {
      return code;
    }
  };
  const closed = [manifest.name, ...files.map((file) => `${manifest.name}/${file}`)].filter(
    (path) => !doors.includes(path),
  );
  return [
    ...doors.filter((path) => !files.includes(outcome(path).slice(installed.length + 1))),
    ...closed.filter((path) => outcome(path) !== "ERR_PACKAGE_PATH_NOT_EXPORTED"),
  ];
}

/**
 * What a page fetches where nothing of what it imports is used, and what is kept where something is imported for its effect. Chunks that are only
 * there for each other may be written, and are asked for by nobody.
 */
async function shake() {
  const bundled = async (name) => {
    const lib = { entry: join(consumer, name), formats: ["es"], fileName: "out", cssFileName: "out" };
    const built = await build({ root: consumer, configFile: false, logLevel: "error", build: { write: false, lib } });
    return built.flatMap(({ output }) => output);
  };
  const unused = await bundled("unused.js");
  const effect = (await bundled("effect.js")).map((part) => String(part.code ?? part.source)).join("");
  const fetched = closureOf(unused, unused.find(({ isEntry }) => isEntry).fileName);
  return [
    ...fetched
      .flatMap(({ modules }) => Object.keys(modules))
      .filter((id) => id.includes("/mfa-enroll/"))
      .map((id) => `Fetched although nobody uses it: ${id}`),
    ...["mfa-settings", ".mfa-enroll"].filter((text) => !effect.includes(text)).map((text) => `Dropped: ${text}`),
  ];
}

/** Returns a chunk and those that it cannot run without. */
function closureOf(chunks, fileName, seen = new Set()) {
  const chunk = chunks.find((one) => one.fileName === fileName);
  if (!chunk || seen.has(chunk)) return [...seen];
  seen.add(chunk);
  for (const needed of chunk.imports) closureOf(chunks, needed, seen);
  return [...seen];
}

/** What may be in the archive. */
const HELD = [
  /^(package\.json|README\.md|LICENSE|THIRD-PARTY-NOTICES\.txt|wizard\.css)$/,
  /^(?:alone\/|server\/)?(?:chunks\/)?[\w.-]+\.js(\.map)?$/,
  /^types\/[\w/.-]+\.d\.ts$/,
  /^docs\/(?:[\w-]+\.(?:md|yml|json)|examples\/[\w.-]+\.(?:mjs|html))$/,
];

/** Whoever reads its pages can follow their links; pictures alone are left out of the archive. */
function followLinks() {
  const pages = files.filter((file) => file.endsWith(".md"));
  const links = pages.flatMap((page) =>
    [...textOf(page).matchAll(/(?<!!)\[[^\]]*\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, to]) => ({ page, to })),
  );
  if (links.length === 0) return ["There are no links."];
  return links
    .filter(({ page, to }) => !existsSync(join(installed, posix.dirname(page), to)))
    .map(({ page, to }) => `${page} leads to ${to}`);
}

function lookInside() {
  const foreign = files.filter((file) => /\.test\./.test(file) || !HELD.some((held) => held.test(file)));
  const telling = files.filter((file) => textOf(file).includes(root));
  const maps = files.filter((file) => file.endsWith(".map"));
  const astray = maps.flatMap((file) => {
    const { sources, sourceRoot = "" } = JSON.parse(textOf(file));
    // As seen from `dist/package`, where the files were written.
    const from = posix.join("dist/package", posix.dirname(file), sourceRoot);
    const known = (source) => /^(src|node_modules|scripts)\//.test(posix.join(from, source));
    return sources.filter((source) => source.startsWith("/") || !known(source)).map((source) => `${file}: ${source}`);
  });
  return [
    ...(maps.length === 0 ? ["There are no source maps."] : []),
    ...foreign.map((file) => `Should not be there: ${file}`),
    ...telling.map((file) => `Tells a path of the machine that packed it: ${file}`),
    ...astray.map((source) => `A map leads elsewhere: ${source}`),
  ];
}

/** Whatever is imported by name is named in the manifest, and nothing else is. */
function compareImports() {
  const needs = { "": manifest.peerDependencies, alone: {}, server: manifest.dependencies };
  needs.types = { ...manifest.dependencies, ...manifest.peerDependencies };
  const used = new Set();
  const unnamed = files
    .filter((file) => /\.(js|d\.ts)$/.test(file))
    .flatMap((file) => {
      const place = /^(alone|server|types)\//.exec(file)?.[1] ?? "";
      const imports = textOf(file).matchAll(
        /\b(?:from|import)\s*\(?\s*["'`]((?:@[\w-]+\/)?[a-z][\w.:-]*)[\w/.-]*["'`]/g,
      );
      const names = [...imports].map(([, name]) => name).filter((name) => !name.startsWith("node:"));
      for (const name of names) used.add(name);
      return names.filter((name) => !(name in needs[place])).map((name) => `${file} imports ${name}`);
    });
  const idle = Object.keys(needs.types).filter((name) => !used.has(name));
  return [...unnamed, ...idle.map((name) => `Nothing imports ${name}`)];
}

const CHECKS = {
  "the manifest is right (publint)": lintManifest,
  "the types are found and are those of the code (attw)": resolveTypes,
  "somebody's strict project compiles, and its mistakes do not": compileConsumer,
  "every door opens in Node, and the process ends by itself": importInNode,
  "a server draws the first picture": renderInNode,
  "nothing but the doors can be imported": tryOtherPaths,
  "what nobody uses is not fetched, and what has an effect is kept": shake,
  "it holds nothing else, and tells nothing of where it was packed": lookInside,
  "its pages lead to what is there": followLinks,
  "it names the packages that it imports": compareImports,
};

let failed = 0;
for (const [title, check] of Object.entries(CHECKS)) {
  const complaints = await check();
  console.log(`${complaints.length === 0 ? "well  " : "FAILED"} ${title}`);
  for (const complaint of complaints.slice(0, 20)) console.log(`       ${complaint}`);
  failed += complaints.length === 0 ? 0 : 1;
}
process.exitCode = failed > 0 ? 1 : 0;
