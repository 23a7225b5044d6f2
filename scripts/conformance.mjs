/*
 * Writes docs/accessibility.md and the README's short table of it: what the tests of access have looked at, as they noted it below test-results/access, and
 * which criterion of WCAG 2.2 that proves. `--check` changes nothing and fails where the document, the criteria
 * (e2e/access/criteria.json) and the tests do not name the same things; what was counted, each test checks by itself.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const document = join(root, "docs", "accessibility.md");
const readme = join(root, "README.md");
const notes = join(root, "test-results", "access");
const criteria = JSON.parse(readFileSync(join(root, "e2e", "access", "criteria.json"), "utf8"));

/** The tests that note what they looked at, in the order in which the document names them. */
const NOTING = ["every-screen.e2e.ts", "access.e2e.ts", "low-views.e2e.ts"];
const HEAD = "| Test | Screens | How they were seen | What was counted |\n|---|---|---|---|";

function filesBelow(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return /\.(?:test\.tsx?|e2e\.ts)$/.test(entry.name) ? [path] : [];
  });
}

const sources = ["e2e", "src"].flatMap(filesBelow).map((path) => [path, readFileSync(join(root, path), "utf8")]);

/** Returns the file of the test with this title, which stands there as a text of its own. */
function fileOf(title) {
  const [path] = sources.find(([, text]) => text.includes(JSON.stringify(title))) ?? [];
  if (path === undefined) throw new Error(`There is no test "${title}".`);
  return path;
}

function rowsIn(text) {
  return between(text, "runs")
    .split("\n")
    .filter((line) => line.startsWith("| ") && !HEAD.includes(line));
}

/** Returns the notes of the last run, in the order of the tests. */
function rowsNoted() {
  if (!existsSync(notes)) throw new Error("Nothing was noted yet: run the browser tests first.");
  const files = NOTING.map((file) => readFileSync(join(root, "e2e", file), "utf8"));
  const placeOf = (title) => {
    const file = files.findIndex((text) => text.includes(JSON.stringify(title)));
    return file < 0 ? -1 : file * 1_000_000 + files[file].indexOf(JSON.stringify(title));
  };
  const noted = readdirSync(notes).map((name) => JSON.parse(readFileSync(join(notes, name), "utf8")));
  return [...new Map(noted.map((note) => [note.title, note])).values()]
    .map(({ title, row }) => ({ place: placeOf(title), row }))
    .filter(({ place }) => place >= 0)
    .toSorted((a, b) => a.place - b.place)
    .map(({ row }) => row);
}

/** Says by which tests a criterion is held, and in how many screens and ways where they count them. */
function proofOf({ proofs = [], read }, rows) {
  const tests = proofs.map((title) => {
    const [, , screens, ways] = rows.find((row) => row.startsWith(`| ${title} |`))?.split("|") ?? [];
    const counted = screens === undefined ? "" : ` (${screens.trim()} screens: ${ways.trim()})`;
    return `\`${fileOf(title)}\` "${title}"${counted}`;
  });
  return [...tests, ...(read === undefined ? [] : [`**Judged by reading**: ${read}`])].join("<br>");
}

function criteriaTable(rows) {
  const lines = criteria.map(
    (one) => `| ${one.id} | ${one.level} | ${one.name} | ${one.held} | ${proofOf(one, rows)} |`,
  );
  return ["| Criterion | Level | Name | How it is held | What proves it |", "|---|---|---|---|---|", ...lines].join(
    "\n",
  );
}

/** Returns the table without the titles of tests, for whoever wants to know what is held and not by what. */
function shortTable() {
  const lines = criteria.map(({ id, name, level, held, proofs = [], read }) => {
    const tests = proofs.length === 0 ? [] : [`${proofs.length} test${proofs.length === 1 ? "" : "s"}`];
    return `| ${id} ${name} | ${level} | ${held} | ${[...tests, ...(read === undefined ? [] : ["reading"])].join(", ")} |`;
  });
  return ["| Criterion | Level | How it is held | Proved by |", "|---|---|---|---|", ...lines].join("\n");
}

function between(text, name) {
  const [, rest] = text.split(`<!-- ${name}:begin -->\n`);
  const [inner] = rest?.split(`\n<!-- ${name}:end -->`) ?? [];
  if (inner === undefined) throw new Error(`There is no place for "${name}".`);
  return inner;
}

function put(text, name, inner) {
  return text.replace(`${between(text, name)}\n<!-- ${name}:end -->`, () => `${inner}\n<!-- ${name}:end -->`);
}

const isCheck = process.argv.includes("--check");
const before = readFileSync(document, "utf8");
const rows = isCheck ? rowsIn(before) : rowsNoted();
const after = put(put(before, "runs", [HEAD, ...rows].join("\n")), "criteria", criteriaTable(rows));
const told = readFileSync(readme, "utf8");
const retold = put(told, "conformance", shortTable());
if (!isCheck) {
  writeFileSync(document, after);
  writeFileSync(readme, retold);
} else if (before !== after || told !== retold) {
  console.error(
    "docs/accessibility.md or the README is older than the criteria or the tests: node scripts/conformance.mjs",
  );
  process.exit(1);
}
for (const row of rows) fileOf(row.split(" | ")[0].slice(2));
