import { createRoot } from "react-dom/client";
import { Dock } from "./dock.tsx";
import "./dock.css";
import { openOutbox } from "./outbox-store.ts";

/*
 * Adds the dock to the account-settings page of the demo. The page does not know of it, and it reaches the page by
 * nothing but the appearance attribute that any host may set.
 */

const place = document.createElement("div");
place.id = "demo";
document.body.append(place);
document.body.classList.add("demo-beside");
createRoot(place).render(<Dock outbox={openOutbox()} openedAt={Date.now()} />);
