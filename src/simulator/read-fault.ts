import type { FaultAction, FaultRule } from "./faults.ts";

/** Reads a fault rule that came over HTTP. @throws {RangeError} naming what is wrong with it. */
export function readFault(value: unknown): FaultRule {
  const route = text(value, "route");
  const phase = text(value, "phase");
  if (route === undefined || !/^[A-Z]+ \/\S*( [\w-]+)?$/.test(route))
    throw new RangeError("route must be a method and a path");
  if (phase !== "before" && phase !== "afterCommit" && phase !== "midBody") throw new RangeError("phase is not known");
  const nth = count(value, "nth");
  return { route, phase, action: readAction(member(value, "action")), ...(nth === undefined ? {} : { nth }) };
}

function readAction(value: unknown): FaultAction {
  const type = text(value, "type");
  const milliseconds = count(value, "milliseconds") ?? 1000;
  const bytes = count(value, "bytes");
  const body = text(value, "body");
  switch (type) {
    case "status":
      return { type, status: count(value, "status") ?? 503, ...(body === undefined ? {} : { body }) };
    case "garbage":
      return { type, ...(body === undefined ? {} : { body }) };
    case "delay":
      return { type, milliseconds };
    case "drip":
      return { type, milliseconds, bytes: bytes ?? 1 };
    case "truncate":
      return { type, bytes: bytes ?? 0 };
    case "reset":
      return { type, ...(bytes === undefined ? {} : { bytes }) };
    default:
      throw new RangeError("action is not known");
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function text(value: unknown, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === "string" ? found : undefined;
}

function count(value: unknown, name: string): number | undefined {
  const found = member(value, name);
  if (found === undefined) return undefined;
  if (typeof found !== "number" || !Number.isInteger(found) || found < 0)
    throw new RangeError(`${name} must be a count`);
  return found;
}
