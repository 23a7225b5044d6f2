import type { Client } from "./clients.ts";
import type { Parameters } from "./request-body.ts";

/** What a grant works with: an application that proved itself and may use the grant, and what it sent. */
export interface GrantRequest {
  readonly client: Client;
  readonly parameters: Parameters;
  /** The address the sign-in is counted under, where the application is trusted to tell it. */
  readonly address: string;
}
