/*
 * What `mfa-enroll/bff` is: the BFF, what it is made of in production, and how it hangs in a server.
 */

export { createBff } from "./bff.ts";
export type { Bff, BffOptions } from "./bff-options.ts";
export type { Clock } from "./clock.ts";
export { createNode, type Node } from "./create-node.ts";
export type { Exchange } from "./exchange.ts";
export type { HostAccount } from "./host-account.ts";
export type { Limiter } from "./limiter.ts";
export type { Log } from "./log.ts";
export { createMailNotices } from "./mail-notices.ts";
export { createNodeHandler, listen, type Listening } from "./node-server.ts";
export type { Notice, Notify } from "./notices.ts";
export type { Observe, Report } from "./report.ts";
export { readSettings, type Settings } from "./settings.ts";
export type { Store } from "./store.ts";
export { createUndiciUpstream } from "./undici-upstream.ts";
export type { Upstream } from "./upstream.ts";
