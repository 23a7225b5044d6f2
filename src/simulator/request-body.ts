import { missingParameter, Refusal } from "./refusal.ts";

/** What a request was sent, before anything is known about its members. */
export type Parameters = Readonly<Record<string, unknown>>;

/** Reads a token request, as JSON or as a form; one without a content type is taken for a form, and a repeated member refused. */
export async function readParameters(request: Request): Promise<Parameters> {
  if (isJson(request)) return readJson(request);
  const form = new URLSearchParams(await request.text());
  const parameters = new Map<string, string>();
  for (const [name, value] of form) {
    // RFC 6749 section 3.2: parameters must not be included more than once.
    if (parameters.has(name)) throw new Refusal(400, "invalid_request", `Repeated parameter: ${name}`);
    parameters.set(name, value);
  }
  return Object.fromEntries(parameters);
}

/** Reads a JSON object; anything else is refused. */
export async function readJson(request: Request): Promise<Parameters> {
  try {
    const body: unknown = isJson(request) ? JSON.parse(await request.text()) : null;
    if (isParameters(body)) return body;
  } catch {
    // Told below, as every other body that is not an object.
  }
  throw new Refusal(400, "invalid_request", "The body must be a JSON object.");
}

/** Gives a member that must be there and must be a text. */
export function requireText(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (value === undefined || value === "") throw missingParameter(name);
  if (typeof value !== "string") throw new Refusal(400, "invalid_request", `${name} must be a string`);
  return value;
}

/** Gives a text that may be absent. */
export function optionalText(parameters: Parameters, name: string): string | undefined {
  return parameters[name] === undefined || parameters[name] === "" ? undefined : requireText(parameters, name);
}

function isJson(request: Request): boolean {
  return /^application\/json\b/i.test(request.headers.get("content-type") ?? "");
}

/** Tells an object from every other thing a body may say. */
export function isParameters(value: unknown): value is Parameters {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
