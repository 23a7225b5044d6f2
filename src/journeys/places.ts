import type { MintedSecret } from "../simulator/minted.ts";
import type { Wire } from "./page.tsx";

/*
 * Where secrets may be, and the search for them everywhere else: in what crosses the wire to the page, in the log, in the
 * store, on the screen and in what a browser keeps.
 */

/** A text in which a secret may have been left, and what it is. `may` names the kinds of secret that belong there. */
export type Place = { readonly where: string; readonly text: string; readonly may: readonly SecretName[] };

/** Names what is looked for: what the tenant mints, and what a person types. */
export type SecretName = MintedSecret["kind"] | "contact" | "password";

/** One secret that is looked for. */
export type Secret = { readonly kind: SecretName; readonly value: string };

/** The routes whose requests and answers carry a secret, each its own. Everything else carries none. */
const CARRIES: Readonly<
  Record<string, { readonly asked?: readonly SecretName[]; readonly told?: readonly SecretName[] }>
> = {
  "POST /api/mfa/sign-in": { asked: ["password", "contact"] },
  "POST /api/mfa/enrollment": { asked: ["contact"] },
  "GET /api/mfa/enrollment/contact": { told: ["contact"] },
  "POST /api/mfa/enrollment/confirm": { asked: ["code"] },
  "POST /api/mfa/challenge/verify": { asked: ["code", "recovery_code"] },
  "POST /api/mfa/recovery-code": { told: ["recovery_code"] },
};

/** Passes everything on and keeps what crossed. */
export function createEavesdropper(): { readonly wire: Wire; readonly heard: Place[] } {
  const heard: Place[] = [];
  return {
    heard,
    async wire(request, send) {
      const route = `${request.method} ${new URL(request.url).pathname}`;
      const { asked = [], told = [] } = CARRIES[route] ?? {};
      heard.push({ where: `the address of ${route}`, text: request.url, may: [] });
      heard.push({ where: `the request of ${route}`, text: await request.clone().text(), may: asked });
      const answer = await send(request);
      const head = [...answer.headers].map((pair) => pair.join(": ")).join("\n");
      heard.push({ where: `the headers of ${route}`, text: head, may: [] });
      const may = answer.ok ? told : [];
      heard.push({ where: `the answer of ${route}`, text: await answer.clone().text(), may });
      return answer;
    },
  };
}

/** Returns a sentence for each secret that is in a place where it does not belong, whole or thinly veiled. */
export function findStrays(places: readonly Place[], secrets: readonly Secret[]): string[] {
  const veiled = secrets.map(({ kind, value }) => ({ kind, forms: formsOf(kind, value) }));
  return places.flatMap(({ where, text, may }) => {
    const kinds = veiled.filter(({ kind, forms }) => !may.includes(kind) && forms.some((form) => text.includes(form)));
    return [...new Set(kinds.map(({ kind }) => `${kind} in ${where}`))];
  });
}

/** Six digits turn up by chance in any longer number, so a code counts only with no digit beside it. */
function formsOf(kind: SecretName, value: string): string[] {
  if (kind === "code") return [`"${value}"`, ` ${value} `, `=${value}`];
  const bytes = Buffer.from(value);
  const forms = [value, bytes.toString("base64"), bytes.toString("base64url"), bytes.toString("hex")];
  return [...forms, encodeURIComponent(value), [...value].toReversed().join("")];
}
