import { type DemoChange, type DemoView, demoViewSchema, type ScenarioList, scenarioListSchema } from "../demo-view.ts";

async function read(answer: Response): Promise<DemoView | null> {
  if (!answer.ok) return null;
  const parsed = demoViewSchema.safeParse(await answer.json());
  return parsed.success ? parsed.data : null;
}

function post(address: string, body: object): Promise<Response> {
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** Reads what the demo is made of; null when the demo server does not answer as expected. */
export async function readDemo(): Promise<DemoView | null> {
  return read(await fetch("/demo/state"));
}

/** Turns some switches and returns what is so now. */
export async function turnSwitches(wanted: DemoChange): Promise<DemoView | null> {
  return read(await post("/demo/switches", wanted));
}

/** Puts everybody back to how the demo started. */
export async function resetDemo(): Promise<DemoView | null> {
  return read(await post("/demo/reset", {}));
}

/** Lets the demo's clock go ahead. */
export async function goLater(seconds: number): Promise<DemoView | null> {
  return read(await post("/demo/later", { seconds }));
}

/** Reads all scenarios; null when the demo server does not answer as expected. */
export async function readScenarios(): Promise<ScenarioList | null> {
  const answer = await fetch("/demo/scenarios");
  const parsed = scenarioListSchema.safeParse(await answer.json());
  return answer.ok && parsed.success ? parsed.data : null;
}
