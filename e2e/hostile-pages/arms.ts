/*
 * What a page can make a browser send, in its own words. It runs in their pages alone, before whatever they hold, and in their frames.
 */

/** A door of ours, with the body it would have to be sent; null where it is read. */
export interface Target {
  url: string;
  body: string | null;
}

/** The names of what a page can try. */
export const ARMS = [
  "form urlencoded",
  "form multipart",
  "form text/plain",
  "image",
  "script",
  "link prefetch",
  "no-cors fetch",
  "cors fetch with our header",
  "cors fetch without it",
  "sendBeacon",
  "keepalive fetch",
  "sandboxed frame without an origin",
  "data: frame",
  "blob: frame",
  "about:srcdoc frame",
  "popup form",
  "method override",
  "redirect 307 back to us",
  "WebSocket",
  "EventSource",
  "object, embed and SVG",
  // It stays at its site, so nothing comes after it.
  "service worker",
] as const;

/** Names one thing that a page can try. */
export type Arm = (typeof ARMS)[number];

/** Runs in a page of theirs: keeps what it can try, to be called by name. `ours` is the page that must not have it. */
export function takeUpArms(given: { targets: readonly Target[]; ours: string }): void {
  const { targets, ours } = given;
  if (location.origin === ours) return;
  const body = (): HTMLElement => document.body ?? document.documentElement;

  function add<Name extends keyof HTMLElementTagNameMap>(
    name: Name,
    attributes: Readonly<Record<string, string>>,
  ): HTMLElementTagNameMap[Name] {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return body().appendChild(element);
  }

  /** Sends a form; the one field of a text/plain form is written so that the whole reads as JSON. */
  function submit(
    { url, body: sent }: Target,
    enctype: string,
    into: string,
    more: Readonly<Record<string, string>> = {},
  ) {
    const form = add("form", { action: url, method: sent === null ? "GET" : "POST", enctype, target: into });
    const fields: Record<string, string> =
      enctype === "text/plain"
        ? { [`${(sent ?? "{}").slice(0, -1)}${sent === "{}" ? "" : ","}"x":"`]: '"}' }
        : fieldsOf(sent);
    for (const [key, value] of Object.entries({ ...fields, ...more })) {
      const input = document.createElement("input");
      input.name = key;
      input.value = value;
      form.append(input);
    }
    form.submit();
  }

  function fieldsOf(sent: string | null): Record<string, string> {
    const parsed: unknown = JSON.parse(sent ?? "{}");
    return typeof parsed === "object" && parsed !== null
      ? Object.fromEntries(Object.entries(parsed).map(([key, value]) => [key, String(value)]))
      : {};
  }

  function forms(enctype: string): void {
    for (const [at, target] of targets.entries()) {
      add("iframe", { name: `into-${String(at)}` });
      submit(target, enctype, `into-${String(at)}`);
    }
  }

  const send = (target: Target, init: RequestInit): void => {
    const { url, body: sent } = target;
    const method = sent === null ? "GET" : "POST";
    // What is refused by the browser is refused.
    fetch(url, { method, body: sent, credentials: "include", ...init }).catch(() => undefined);
  };
  const frame = (attributes: Readonly<Record<string, string>>): void => void add("iframe", attributes);
  // A frame of another origin may begin before anything is handed to it, so it brings everything along.
  const carried = `(${String(takeUpArms)})(${JSON.stringify(given)})`.replaceAll("</", "<\\/");
  const STRIKE = `<script>${carried};arms["no-cors fetch"]()</script>`;

  const arms: Record<string, () => unknown> = {
    "form urlencoded": () => forms("application/x-www-form-urlencoded"),
    "form multipart": () => forms("multipart/form-data"),
    "form text/plain": () => forms("text/plain"),
    image: () => targets.map(({ url }) => add("img", { src: url })),
    script: () => targets.map(({ url }) => add("script", { src: url })),
    "link prefetch": () => targets.map(({ url }) => add("link", { rel: "prefetch", href: url })),
    "no-cors fetch": () => targets.map((target) => send(target, { mode: "no-cors" })),
    "cors fetch with our header": () =>
      targets.map((target) =>
        send(target, {
          headers: { "Content-Type": "application/json", "X-MFA-Enroll": "1", "Idempotency-Key": crypto.randomUUID() },
        }),
      ),
    "cors fetch without it": () => targets.map((target) => send(target, { mode: "cors" })),
    sendBeacon: () => targets.map(({ url, body: sent }) => navigator.sendBeacon(url, sent ?? "{}")),
    "keepalive fetch": () => targets.map((target) => send(target, { mode: "no-cors", keepalive: true })),
    "sandboxed frame without an origin": () => frame({ sandbox: "allow-scripts allow-forms", srcdoc: STRIKE }),
    "data: frame": () => frame({ src: `data:text/html,${encodeURIComponent(STRIKE)}` }),
    "blob: frame": () => frame({ src: URL.createObjectURL(new Blob([STRIKE], { type: "text/html" })) }),
    "about:srcdoc frame": () => frame({ srcdoc: STRIKE }),
    "popup form": () => targets.map((target, at) => submit(target, "text/plain", `popup-${String(at)}`)),
    "method override": () => {
      for (const [at, target] of targets.entries()) {
        const url = `${target.url}?_method=POST&_HttpMethod=POST`;
        add("iframe", { name: `over-${String(at)}` });
        submit({ url, body: null }, "application/x-www-form-urlencoded", `over-${String(at)}`, { _method: "POST" });
      }
    },
    "redirect 307 back to us": () =>
      targets.map((target) =>
        send({ ...target, url: `/redirect?to=${encodeURIComponent(target.url)}` }, { mode: "no-cors" }),
      ),
    // Chromium slows down who opens many that fail.
    WebSocket: () => targets.slice(0, 3).map(({ url }) => new WebSocket(url.replace(/^http/, "ws"))),
    EventSource: () => targets.map(({ url }) => new EventSource(url, { withCredentials: true })),
    "service worker": async () => {
      await navigator.serviceWorker.register("/worker.js");
      const { active } = await navigator.serviceWorker.ready;
      if (active && !navigator.serviceWorker.controller)
        await new Promise((resolve) =>
          navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
        );
      for (const { url, body: sent } of targets) {
        const asked = new URLSearchParams({ to: url, ...(sent === null ? {} : { body: sent }) });
        fetch(`/by-worker?${asked.toString()}`).catch(() => undefined);
      }
    },
    "object, embed and SVG": () => {
      const images = targets.map(({ url }) => `<image href="${url}"/>`).join("");
      for (const { url } of targets) {
        add("object", { data: url, type: "application/pdf" });
        add("embed", { src: url, type: "image/svg+xml" });
      }
      const svg = `<svg xmlns="http://www.w3.org/2000/svg">${images}<script><![CDATA[${carried};arms["no-cors fetch"]()]]></script></svg>`;
      frame({ src: URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" })) });
    },
  };
  Reflect.set(globalThis, "arms", arms);
}
