import { expect, it } from "vitest";
import { createDemoClock } from "./demo-clock.ts";
import { createPageLine } from "./page-line.ts";

const request = (path: string): Request => new Request(`http://localhost:4300${path}`);

function build() {
  const clock = createDemoClock();
  const line = createPageLine(clock);
  const heard: string[] = [];
  const ask = async (path: string): Promise<string> => {
    const answer = await line.pass(request(path), async ({ url }) => {
      heard.push(new URL(url).pathname);
      return Response.json("well");
    });
    return answer.text();
  };
  return { clock, line, heard, ask };
}

it("loses one answer to one path, after the work was done", async () => {
  const { line, heard, ask } = build();
  line.loseNext("/api/mfa/enrollment");
  expect(await ask("/api/mfa/session")).toBe('"well"');
  await expect(ask("/api/mfa/enrollment")).rejects.toThrow("The demo has lost this answer.");
  expect(await ask("/api/mfa/enrollment")).toBe('"well"');
  expect(heard).toEqual(["/api/mfa/session", "/api/mfa/enrollment", "/api/mfa/enrollment"]);
});

it("makes every answer wait, by the demo's own clock", async () => {
  const { clock, line, heard, ask } = build();
  line.slow(3_600_000);
  const answer = ask("/api/mfa/session");
  await new Promise((resolve) => setImmediate(resolve));
  expect(heard).toEqual(["/api/mfa/session"]);
  clock.later(3600);
  expect(await answer).toBe('"well"');
});

it("is a good connection again when it is mended", async () => {
  const { line, ask } = build();
  line.slow(3_600_000);
  line.loseNext("/api/mfa/session");
  line.mend();
  expect(await ask("/api/mfa/session")).toBe('"well"');
});
