/*
 * What `mfa-enroll/simulator` is: a tenant that behaves as Auth0 does, in this process or on a port of loopback.
 */

export { type Client, demoClient, managementClient } from "./clients.ts";
export { startTenant, type ServedTenant, type ServeOptions } from "./serve-tenant.ts";
export { createSimulator, type Simulator, type SimulatorOptions } from "./simulator.ts";
