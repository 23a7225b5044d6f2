/*
 * What `mfa-enroll/simulator` is: a tenant that behaves as Auth0 does, in this process or on a port of loopback.
 */

export { demoClient, managementClient } from "./clients.ts";
export { startTenant, type ServedTenant } from "./serve-tenant.ts";
export { createSimulator, type Simulator, type SimulatorOptions } from "./simulator.ts";
