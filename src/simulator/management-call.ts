import type { Answer } from "./answer.ts";
import type { Parameters } from "./request-body.ts";
import type { Tenant } from "./tenant.ts";

/** A request to the Management API whose token was checked and whose body, where there is one, is an object. */
export interface ManagementRequest {
  /** The named parts of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Empty where nothing was sent, or a list. */
  readonly body: Parameters;
  /** What was sent to a call that takes a list; empty for every other one. */
  readonly list: readonly unknown[];
}

/** One call of the Management API: it answers, or throws a `ManagementRefusal`. */
export interface ManagementCall {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `/api/v2`, with named parts such as `/users/:id`. */
  readonly path: string;
  /** The token must carry one of them. */
  readonly scopes: readonly string[];
  /** Names that the query may have; none when absent. */
  readonly query?: readonly string[];
  /** The body is a list instead of an object. */
  readonly takesList?: boolean;
  readonly answer: (tenant: Tenant, request: ManagementRequest) => Answer;
}
