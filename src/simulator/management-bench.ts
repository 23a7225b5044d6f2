import { type Bench, createBench, type Reply } from "./bench.ts";
import { demoClient, doctorClient, managementClient } from "./clients.ts";
import type { SimulatorOptions } from "./simulator.ts";

/** Where the demo application's people come back to on this bench. */
export const CALLBACK = "https://page.test/api/mfa/callback";

/** A tenant on a bench with the application that examines it. */
export interface ManagementBench extends Bench {
  /** Calls the Management API, below `/api/v2`, in the doctor's name. */
  manage(method: string, path: string, body?: unknown): Promise<Reply & { readonly json: unknown }>;
  /** Gives the doctor's token. */
  managementToken(): Promise<string>;
}

/** Puts a tenant on the bench whose Management API may be called without end; `scopes` are the doctor's own when absent. */
export function createManagementBench(
  scopes?: readonly string[],
  options: Partial<SimulatorOptions> = {},
): ManagementBench {
  const clients = [demoClient([CALLBACK]), managementClient(), doctorClient(scopes)];
  const bench = createBench({ clients, ...options });
  bench.tenant.settings.limits.management.burst = 1000;

  async function managementToken(): Promise<string> {
    const { body } = await bench.token({
      grant_type: "client_credentials",
      client_id: "mfa-enroll-doctor",
      client_secret: "mfa-enroll-doctor-secret",
      audience: "https://tenant.test/api/v2/",
    });
    return String(body["access_token"]);
  }

  return {
    ...bench,
    managementToken,
    async manage(method, path, body) {
      const headers = new Headers({ authorization: `Bearer ${await managementToken()}` });
      const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      const answer = await bench.tenant.fetch(new Request(`https://tenant.test/api/v2${path}`, init));
      const text = await answer.text();
      const json: unknown = text === "" ? null : JSON.parse(text);
      return { status: answer.status, headers: answer.headers, json, body: Object.assign({}, json) };
    },
  };
}
