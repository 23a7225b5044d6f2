/*
 * Prints what was measured and holds it against its goals. Figures are medians of all rounds.
 */

const column = (number, digits = 0) => number.toFixed(digits).padStart(10);
const kilobytes = ({ script, style, document, other }) =>
  [script, style, document, other].map((bytes) => column(bytes / 1000, 1)).join("");

/** Prints a table: what its rows are, the heads of its columns, and a line for each row. */
function table(title, heads, rows) {
  console.log(`\n${title.padEnd(44)}${heads.map((head) => head.padStart(10)).join("")}`);
  for (const [name, line] of rows) console.log(`  ${name.padEnd(42)}${line}`);
}

/** Prints all of it. `first` and `flows` are maps from a subject's name to its figures. */
export function printFigures({ first, flows }) {
  table(
    "Until the first control can be used, ms",
    ["usable", "FCP", "LCP", "script"],
    [...first].map(([name, { usable, fcp, lcp, scripting }]) => [
      name,
      [usable, fcp, lcp, scripting].map((ms) => column(ms)).join(""),
    ]),
  );
  const KINDS = ["script", "style", "page", "other"];
  table(
    "Fetched until then, kB packed",
    KINDS,
    [...first].map(([name, of]) => [name, kilobytes(of)]),
  );
  table(
    "Pressed at once, ms until",
    ["phone key"],
    [...flows].map(([name, { phoneAt, from }]) => [`${name}, from ${from}`, column(phoneAt)]),
  );
  table(
    "Main thread for a key, ms",
    ["bare", "phone", "times"],
    [...flows].map(([name, { keyMs }]) => [
      name,
      [keyMs.bare, keyMs.phone, keyMs.times].map((one) => column(one, 2)).join(""),
    ]),
  );
  table(
    "From the press to each screen, ms",
    ["channel", "phone", "code", "recovery", "done", "panel"],
    [...flows].map(([name, { screens }]) => [
      name,
      Object.values(screens)
        .map((ms) => column(ms))
        .join(""),
    ]),
  );
  table(
    "Fetched in all, kB packed",
    [...KINDS, "js + css"],
    [...flows].map(([name, { bytes }]) => [name, kilobytes(bytes) + column((bytes.script + bytes.style) / 1000, 1)]),
  );
}

/** Prints each goal with a tick or a cross; tells whether all are met. */
export function printGoals({ first, flows }) {
  const times = (name, than) => first.get(name).usable / first.get(than).usable;
  const weight = (name) => (flows.get(name).bytes.script + flows.get(name).bytes.style) / 1000;
  const served = flows.get("served page");
  const goals = [
    ["served page: usable, times what the page by hand takes", times("served page", "by hand"), 1.1],
    ["React door: usable, times what React alone takes", times("React door", "React alone"), 1.1],
    ["script tag: usable, times what the page by hand takes", times("script tag", "by hand"), 1.6],
    [
      `served page, from ${served.from}: phone field takes a key, times React alone's first control`,
      served.phoneAt / first.get("React alone").usable,
      1.6,
    ],
    ...[...flows].map(([name, { keyMs }]) => [
      `${name}: main thread for a key, times a bare input's`,
      keyMs.times,
      1.5,
    ]),
    ["served page: script and style of the whole flow, kB", weight("served page"), 140],
    ["React door: script and style of the whole flow, kB", weight("React door"), 140],
    ["script tag: script and style of the whole flow, kB", weight("script tag"), 75],
  ];
  console.log("");
  for (const [what, found, atMost] of goals)
    console.log(`  ${found <= atMost ? "✓" : "✗"} ${what}: ${found.toFixed(2)}, at most ${atMost}`);
  return goals.every(([, found, atMost]) => found <= atMost);
}
