import { createRoot } from "react-dom/client";
import { readDemo } from "./demo-state.ts";
import { Dock } from "./dock.tsx";
import "./dock.css";
import "./looks.css";
import { openOutbox } from "./outbox-store.ts";
import { dressPage } from "./page-looks.ts";

/*
 * Adds the dock to the account-settings page of the demo. The page does not know of it, and it reaches the page by
 * nothing but what any host may set: attributes and custom properties.
 */

dressPage();

const place = document.createElement("div");
place.id = "demo";
document.body.append(place);
document.body.classList.add("demo-beside");
const outbox = openOutbox();

// Where a scenario's link leads to; a reload or a link of the demo's own is not an arrival.
const isArrival = location.hash === "#scenario";
if (isArrival) history.replaceState(history.state, "", "/");

// The demo's clock, which may be ahead of the browser's, says what is new on the phone. The page behind does not wait for it.
void readDemo()
  .catch(() => null)
  .then((view) => {
    const openedAt = view?.now ?? Date.now();
    const scenario = view?.scenario ?? null;
    createRoot(place).render(<Dock outbox={outbox} openedAt={openedAt} scenario={scenario} startsOpen={isArrival} />);
  });
