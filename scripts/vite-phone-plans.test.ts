import { build, type Rolldown } from "vite";
import { expect, it } from "vitest";
import { phonePlans } from "./vite-phone-plans.ts";

const ENTRY = "virtual:page";

async function buildPage(ssr: boolean): Promise<Rolldown.OutputBundle[string][]> {
  const page = {
    name: "page",
    resolveId: (id: string) => (id === ENTRY ? `\0${ENTRY}` : undefined),
    load: (id: string) =>
      id === `\0${ENTRY}` ? `import { loadPlan } from "virtual:phone-plans"; loadPlan(location.hash);` : undefined,
  };
  const result = await build({
    configFile: false,
    logLevel: "silent",
    plugins: [page, phonePlans()],
    build: {
      write: false,
      ssr,
      rolldownOptions: { input: { page: ENTRY }, output: { entryFileNames: "deep/in/[name].js" } },
    },
  });
  return "output" in result ? result.output : [];
}

it("gives a built page one file a calling code, found from where its own code lies", async () => {
  const files = await buildPage(false);
  const page = files.find(({ fileName }) => fileName === "deep/in/page.js");
  const folder = page?.type === "chunk" ? /import\([`"'](\.\S+?)\/[`"']\+/.exec(page.code)?.[1] : undefined;
  const plan = new URL(`https://page.example/deep/in/${folder}/44.js`).pathname.slice(1);
  expect(files.map(({ fileName }) => fileName)).toContain(plan);
  expect(files.filter(({ fileName }) => fileName.startsWith(plan.replace("44.js", ""))).length).toBeGreaterThan(200);
});

it("gives a server no plans, because it has them all", async () => {
  const files = await buildPage(true);
  expect(files.map(({ fileName }) => fileName)).toEqual(["deep/in/page.js"]);
});
