import { useId, useMemo, useRef } from "react";
import { createEnrollmentClient, urlOf } from "../client/enrollment-client.ts";
import { SESSION } from "../contract/routes.ts";
import { useEarlyEffect } from "../ui/early-effect.ts";
import type { EnrollmentParts } from "../ui/enrollment.ts";
import { fetchOrTake, useFirstView } from "./asked.ts";
import type { MfaOptions } from "./react.tsx";

/** Those options that are about the service and the page, and not about what is drawn. */
export type ServiceOptions = Pick<
  MfaOptions,
  "baseUrl" | "navigate" | "reload" | "returnTo" | "fetch" | "now" | "queryClient" | "initialView"
>;

/** Makes what the controller needs from a host's options and from what a browser has. */
export function useParts(options: ServiceOptions, opens: boolean): Omit<EnrollmentParts, "onChange"> {
  const { baseUrl = "/api/mfa", fetch, now = Date.now, navigate, reload, returnTo, initialView } = options;
  const instance = useId();
  // What a host fetches in its own way may be of somebody else.
  const firstView = useFirstView(fetch ? null : urlOf(baseUrl, SESSION.path), initialView);
  // A host may well give another function at each render, which is no other service.
  const carry = useRef(fetch);
  useEarlyEffect(() => {
    carry.current = fetch;
  });
  const client = useMemo(
    () => createEnrollmentClient({ fetch: (url, init) => (carry.current ?? fetchOrTake)(url, init), baseUrl, newKey }),
    [baseUrl],
  );
  return {
    client,
    queryClient: options.queryClient,
    service: baseUrl,
    instance,
    now,
    newKey,
    opens,
    initialView: firstView,
    navigate: navigate ?? ((location) => globalThis.location.assign(location)),
    reload: reload ?? (() => globalThis.location.reload()),
    returnTo: () => returnTo ?? `${globalThis.location.pathname}${globalThis.location.search}`,
  };
}

/** 128 random bits, in four decimal numbers. `randomUUID` would need a secure context, which a page on a local network may not be. */
const newKey = () => crypto.getRandomValues(new Uint32Array(4)).join("-");
