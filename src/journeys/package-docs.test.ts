import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { readOperations } from "../app/read-operations.ts";
import { readSettings } from "../bff/settings.ts";
import { hasTest, testsIn } from "./named-tests.ts";

/*
 * Holds every fenced block of the README and of docs against what there is: it is a part of an example that a test runs, or the compiler
 * takes it, or each of its words names something. A block that no rule knows fails.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");
const own: {
  name: string;
  version: string;
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
} = JSON.parse(read("package.json"));

type Block = { readonly at: string; readonly language: string; text: string };

/** Finds the fenced blocks of a page, indented ones without what they are indented by. */
function blocksOf(page: string, markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { readonly fence: string; readonly indent: string; readonly block: Block } | null = null;
  for (const [index, line] of markdown.split("\n").entries()) {
    const inside: typeof open = open;
    if (inside === null) {
      const [, indent = "", fence = "", language = ""] = /^( *)(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
      if (fence !== "") open = { fence, indent, block: { at: `${page}:${index + 1}`, language, text: "" } };
    } else if (line.trim() === inside.fence) {
      blocks.push(inside.block);
      open = null;
    } else {
      inside.block.text += `${line.startsWith(inside.indent) ? line.slice(inside.indent.length) : line}\n`;
    }
  }
  if (open) throw new Error(`${open.block.at} is not closed.`);
  return blocks;
}

const pages = ["README.md", ...readdirSync(join(root, "docs")).filter((file) => file.endsWith(".md"))];
const textOf = (page: string) => (page === "README.md" ? read(page) : read("docs", page));
const blocks = pages.flatMap((page) => blocksOf(page, textOf(page)));
const inLanguages = (...languages: string[]) => blocks.filter(({ language }) => languages.includes(language));

/** The examples, which `scripts/examples.test.ts` runs, and what stands in them between `// <name>` and `// </name>`. */
const quotable = readdirSync(join(root, "docs", "examples")).flatMap((file) => {
  const text = read("docs", "examples", file);
  const parts = [...text.matchAll(/^( *)\/\/ <([\w-]+)>\n([\s\S]*?)^ *\/\/ <\/\2>$/gm)];
  return [text, ...parts.map(([, indent = "", , part = ""]) => part.replaceAll(new RegExp(`^${indent}`, "gm"), ""))];
});
const isQuoted = ({ text }: Block) => quotable.includes(text);

/** What others hold, or nothing here can. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  text: "A drawing is for people.",
  mermaid: "readme.test.ts compares it with the machine.",
  ini: "systemd is not here.",
  nginx: "nginx is not here.",
  caddy: "Caddy is not here.",
  yaml: "Kubernetes is not here.",
};
const COMPILED = ["js", "mjs", "jsx", "ts", "tsx"];

const doors = [...read("scripts", "package.mjs").matchAll(/^ {2}(\w+): \{ source: "([^"]+)", kind: /gm)].map(
  ([, name = "", source = ""]) => ({ name, source }),
);

/** Gives the compiler's complaints about blocks, each of which is a module that imports the package by its doors. */
function complaintsAbout(compiled: readonly Block[]): string {
  mkdirSync(join(root, "test-results"), { recursive: true });
  const folder = mkdtempSync(join(root, "test-results", "blocks-"));
  try {
    const extension: Readonly<Record<string, string>> = { js: "mjs", jsx: "jsx", mjs: "mjs", ts: "ts", tsx: "tsx" };
    const files = compiled.map(({ at, language }) => `./${at.replace(/\W/g, "-")}.${extension[language]}`);
    for (const [index, { text }] of compiled.entries()) writeFileSync(join(folder, files[index] ?? ""), text);
    const paths = Object.fromEntries(doors.map(({ name, source }) => [`mfa-enroll/${name}`, [`../../${source}`]]));
    const compilerOptions = {
      paths,
      allowJs: true,
      checkJs: true,
      moduleDetection: "force",
      // A block shows one thing and need not use it.
      noUnusedLocals: false,
    };
    const include = ["../../src/**/*.d.ts"];
    const config = { extends: "../../tsconfig.json", compilerOptions, files, include };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
    const done = spawnSync(process.execPath, [compiler, "-p", folder], { encoding: "utf8", cwd: root });
    return done.status === 0 ? "" : `${done.stdout}${done.stderr}` || "The compiler did not run.";
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The settings that are read, by the BFF and by the server around it, and those that an example reads. */
function settingNames(): ReadonlySet<string> {
  const names = new Set(["HOST", "PORT"]);
  const env = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get: (_, name) => {
        if (typeof name === "string") names.add(name);
        return undefined;
      },
    },
  );
  readSettings(env);
  readOperations(env, []);
  for (const text of quotable) for (const [, name = ""] of text.matchAll(/process\.env\.(\w+)/g)) names.add(name);
  return names;
}

const settings = settingNames();
const targets = [...read("scripts", "build.mjs").matchAll(/^ {2}"?([\w-]+)"?: \{ page: .*server: /gm)].map(
  ([, name]) => name,
);

/** Whether a script of Node is there: of the repository, an example in the reader's own folder, or what a build writes. */
function isScript(path: string): boolean {
  const [, built] = /^dist\/server\/([\w-]+)\/main\.js$/.exec(path) ?? [];
  if (built !== undefined) return targets.includes(built);
  return existsSync(join(root, path)) || existsSync(join(root, "docs", "examples", path));
}

/** What each program may be asked; whatever is not here fails. None of these is run: they install, serve, or need a tenant. */
const PROGRAMS: Readonly<Record<string, (words: readonly string[]) => boolean>> = {
  npm([verb = "", ...rest]) {
    if (verb === "ci") return rest.length === 0;
    if (verb === "start" || verb === "test") return verb in own.scripts;
    if (verb === "run") return (rest[0] ?? "") in own.scripts;
    // From a registry, and the archive from where it was packed.
    return verb === "install" && rest.every((name) => (name.endsWith(".tgz") ? isArchive(name) : isPackage(name)));
  },
  node: (words) => {
    const script = words.find((word) => !word.startsWith("-"));
    const flags = words.filter((word) => word.startsWith("-"));
    return script !== undefined && isScript(script) && flags.every((flag) => /^--env-file=[\w./-]+$/.test(flag));
  },
  export: ([said = ""]) => settings.has(said.split("=", 1)[0] ?? ""),
  // Only the folder with the file for a script tag is copied.
  cp: ([flag, from, to]) => flag === "-r" && from === "node_modules/mfa-enroll/alone" && to === "public/mfa-enroll",
  mkdir: ([flag, folder]) => flag === "-p" && folder === "public",
};
const isPackage = (name: string) => name in own.dependencies || name in own.devDependencies;
const isArchive = (path: string) => basename(path) === `${own.name}-${own.version}.tgz`;

/** Says what is wrong with the commands of a block. */
function wrongCommands({ text }: Block): readonly string[] {
  const lines = text.split("\n").map((line) => line.replace(/(^|\s)#\s.*$/, "").trim());
  const commands = lines.flatMap((line) => line.split("&&")).map((command) => command.trim());
  return commands.filter((command) => {
    if (command === "") return false;
    const [program = "", ...words] = command.replace(/ > [\w./-]+$/, "").split(/\s+/);
    return !(Object.hasOwn(PROGRAMS, program) && PROGRAMS[program]?.(words));
  });
}

const element = read("src", "embed", "element.tsx");
const [, listed = ""] = /const ATTRIBUTES = \[([^\]]*)\]/.exec(element) ?? [];
const attributes = new Set([
  ...[...listed.matchAll(/"([\w-]+)"/g)].map(([, name]) => name),
  ...[...element.matchAll(/hasAttribute\("([\w-]+)"\)/g)].map(([, name]) => name),
  "id",
  "lang",
  "hidden",
  "data-theme",
]);

/** Says what is wrong with the elements of ours in a page, and with the scripts that bring them. */
function wrongMarkup({ text }: Block): readonly string[] {
  return [...text.matchAll(/<([a-z][\w-]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/g)].flatMap(
    ([tag, name = "", rest = ""]) => {
      const said = [...rest.matchAll(/([\w-]+)(?:="([^"]*)")?/g)];
      if (name === "script") return said.some(([, , value]) => value === "/mfa-enroll/element.js") ? [] : [tag];
      if (!name.includes("-")) return [];
      const isOurs = element.includes(`registry.define("${name}"`);
      return isOurs && said.every(([, attribute]) => attributes.has(attribute)) ? [] : [tag];
    },
  );
}

describe("what the pages show", () => {
  test("is found wherever it stands", () => {
    const fences = pages.flatMap((page) => textOf(page).match(/^\s*(?:`{3,}|~{3,})/gm) ?? []);
    expect(blocks.length).toBe(fences.length / 2);
    expect(blocks.length).toBeGreaterThan(15);
  });

  test("is in a language that something holds to what there is", () => {
    const held = new Set([...COMPILED, "html", "sh", "bash", ...Object.keys(ELSEWHERE)]);
    expect(blocks.filter(({ language }) => !held.has(language)).map(({ at, language }) => `${at} ${language}`)).toEqual(
      [],
    );
  });

  test("is code that an example has, byte for byte, or that compiles against the doors of the package", () => {
    expect(complaintsAbout(inLanguages(...COMPILED).filter((block) => !isQuoted(block)))).toBe("");
    // Each compilation reads the sources behind five doors.
  }, 120_000);

  test.each(inLanguages("html").map((block) => [block.at, block] as const))(
    "is markup with our elements, their attributes and their file: %s",
    (_, block) => {
      expect(wrongMarkup(block)).toEqual([]);
    },
  );

  test.each(inLanguages("sh", "bash").map((block) => [block.at, block] as const))(
    "is commands that there are: %s",
    (_, block) => {
      expect(wrongCommands(block)).toEqual([]);
    },
  );

  test("names no npm script that there is not, in any sentence", () => {
    const named = pages.flatMap((page) => textOf(page).match(/npm run [\w:-]+/g) ?? []);
    expect(named.filter((command) => !(command.slice("npm run ".length) in own.scripts))).toEqual([]);
  });

  test("leads to files and headings that there are", () => {
    const broken = pages.flatMap((page) => {
      const folder = page === "README.md" ? root : join(root, "docs");
      return [...textOf(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([\w-]+))?\)/g)]
        .filter(([, path = "", anchor]) => {
          const file = join(folder, path === "" ? basename(page) : path);
          return !existsSync(file) || (anchor !== undefined && !anchorsOf(readFileSync(file, "utf8")).includes(anchor));
        })
        .map(([link]) => `${page}: ${link}`);
    });
    expect(broken).toEqual([]);
  });
});

/** The anchors that GitHub gives to a page's headings. */
function anchorsOf(markdown: string): readonly string[] {
  const headings = [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, words = ""]) => words.toLowerCase());
  return headings.map((words) => words.replaceAll(/[^\w\s-]/g, "").replaceAll(" ", "-"));
}

describe("these checks", () => {
  /** Put together here, since this file itself imports no door. */
  const from = (door: string) => `from "mfa-enroll/${door}"`;
  const shown = (language: string, text: string): Block => ({ at: "page:1", language, text });

  test("see a command, a flag, a setting and a file that there are not", () => {
    const text = "npm run nothing\nnode nothing.mjs\nnode --inspect scripts/test.mjs\nexport MFA_NOTHING=1\nrm -rf /\n";
    expect(wrongCommands(shown("sh", text))).toHaveLength(5);
  });

  test("see an element, an attribute and a script that there are not", () => {
    const text = '<mfa-wizard></mfa-wizard><mfa-settings theme="dark"></mfa-settings><script src="/mfa.js"></script>';
    expect(wrongMarkup(shown("html", text))).toHaveLength(3);
  });

  test("see a name that a door does not have, and an option that a component does not take", () => {
    const server = shown("ts", `import { createServer } ${from("bff")};\ncreateServer();\n`);
    const page = `import { MfaSettings } ${from("react")};\nexport const one = <MfaSettings colour="red" />;\n`;
    const complaints = complaintsAbout([server, { ...shown("tsx", page), at: "page:2" }]);
    expect(complaints).toContain("createServer");
    expect(complaints).toContain("colour");
  }, 120_000);

  test("find indented blocks, and fail where one is not closed", () => {
    expect(blocksOf("page", "1. so:\n\n   ```sh\n   npm start\n   ```\n")).toEqual([
      { at: "page:3", language: "sh", text: "npm start\n" },
    ]);
    expect(() => blocksOf("page", "```sh\nnpm start\n")).toThrow("page:1");
  });
});

test("each answer to a question names a test that there is, or is a plain no", () => {
  const [, ...answers] = read("docs", "faq.md").split("\n### ");
  const folder = pathToFileURL(root);
  const unheld = answers.filter(
    (answer) => testsIn(answer).length === 0 && !answer.includes("\n**No**") && !answer.includes("\n**No.**"),
  );
  expect(unheld.map((answer) => answer.split("\n", 1)[0])).toEqual([]);
  expect(answers.flatMap(testsIn).filter((named) => !hasTest(folder, named))).toEqual([]);
  expect(answers.length).toBeGreaterThan(25);
});

test("the README lists each door of the package, and no other", () => {
  const named = [...read("README.md").matchAll(/^\| `mfa-enroll\/(\w+)` \|/gm)].map(([, name = ""]) => name);
  expect(named.toSorted()).toEqual(doors.map(({ name }) => name).toSorted());
});

test("the README gives a reason for each package", () => {
  const [, table = ""] = read("README.md").split("### Why each package");
  const named = [...table.matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell = ""]) =>
    cell.replaceAll(/\(.*?\)/g, "").split(","),
  );
  const said = named.map((name) => name.trim());
  const isNamed = (name: string) =>
    // Types come with what they are of.
    name.startsWith("@types/") ||
    said.some((one) => one === name || (one.endsWith("/*") && name.startsWith(one.slice(0, -1))));
  expect(Object.keys({ ...own.dependencies, ...own.devDependencies }).filter((name) => !isNamed(name))).toEqual([]);
});
