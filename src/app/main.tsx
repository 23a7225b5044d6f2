import { type ReactNode, useEffect } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { loadLocale } from "../ui/messages/use-translation.ts";
import { Guest } from "./guest.tsx";
import { readSession } from "./session-script.ts";

/*
 * Takes over the page that a server has drawn, or draws it where there was no time for that. It knows nothing of steps, codes or the
 * tenant.
 */

const found = document.getElementById("sign-in-methods");
if (found) void begin(found);

async function begin(place: HTMLElement): Promise<void> {
  const initialView = readSession(document);
  const locale = place.closest<HTMLElement>("[lang]")?.lang || "en";
  const page = (
    <Alive place={place}>
      <Guest path={location.pathname} locale={locale} initialView={initialView} />
    </Alive>
  );
  if (initialView === undefined) return createRoot(place).render(page);
  // What is drawn speaks this language already, and must go on in it.
  await loadLocale(locale);
  hydrateRoot(place, page);
}

function Alive({ place, children }: { readonly place: HTMLElement; readonly children: ReactNode }) {
  // `early.ts` has kept for us what was pressed before.
  useEffect(() => void place.dispatchEvent(new Event("alive")), [place]);
  return children;
}
