import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readOperations } from "../app/read-operations.ts";
import { readSettings } from "../bff/settings.ts";
import { describeMachine } from "../wizard/describe-machine.ts";

const FILE = new URL("../../README.md", import.meta.url);
const readme = readFileSync(FILE, "utf8");

test("the README shows the wizard's steps as the machine has them", () => {
  const [before = "", rest = ""] = readme.split("<!-- states:begin -->\n");
  const [, after = ""] = rest.split("<!-- states:end -->");
  const wanted = `${before}<!-- states:begin -->\n\`\`\`mermaid\n${describeMachine().trim()}\n\`\`\`\n<!-- states:end -->${after}`;
  // UPDATE_README=1 writes the picture; without it a picture that lags behind is a failure.
  if (process.env["UPDATE_README"] === "1") writeFileSync(FILE, wanted);
  else expect(readme).toBe(wanted);
});

test("the README's table names every setting that is read, and no other", () => {
  const asked = new Set<string>();
  const env = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get: (_, name) => {
        if (typeof name === "string") asked.add(name);
        return undefined;
      },
    },
  );
  readSettings(env);
  readOperations(env, []);
  const table = readme.slice(readme.indexOf("### Settings"), readme.indexOf("## How it is embedded"));
  const named = new Set(
    [...table.matchAll(/^\| ((?:`[A-Z0-9_]+`(?:, )?)+)/gm)].flatMap(
      ([, names = ""]) => names.match(/[A-Z0-9_]+/g) ?? [],
    ),
  );
  // Read by the server that listens, not by the BFF.
  for (const name of ["HOST", "PORT"]) asked.add(name);
  expect([...named].toSorted()).toEqual([...asked].toSorted());
});
