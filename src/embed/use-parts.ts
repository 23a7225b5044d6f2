import { QueryClient } from "@tanstack/react-query";
import { useId, useMemo, useState } from "react";
import { createEnrollmentClient } from "../client/enrollment-client.ts";
import type { EnrollmentParts } from "../ui/enrollment.ts";
import { fetchOrTake } from "./asked.ts";
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
  const [ownQueryClient] = useState(() => new QueryClient());
  const client = useMemo(
    () => createEnrollmentClient({ fetch: fetch ?? fetchOrTake, baseUrl, newKey }),
    [fetch, baseUrl],
  );
  const leaving = useMemo(
    () => ({
      navigate: navigate ?? ((location: string) => globalThis.location.assign(location)),
      reload: reload ?? (() => globalThis.location.reload()),
      returnTo: () => returnTo ?? `${globalThis.location.pathname}${globalThis.location.search}`,
    }),
    [navigate, reload, returnTo],
  );
  return {
    client,
    queryClient: options.queryClient ?? ownQueryClient,
    service: baseUrl,
    instance,
    now,
    newKey,
    opens,
    initialView,
    ...leaving,
  };
}

/** 128 random bits, hexadecimal. `randomUUID` would need a secure context, which a page on a local network may not be. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
