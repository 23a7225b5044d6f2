import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { MfaSettings } from "../embed/react.tsx";
import "../ui/wizard.css";

/*
 * The account-settings page of a made-up company, as an integrator would write it: one element, one component. It knows
 * nothing of steps, codes or the tenant.
 */

const place = document.getElementById("sign-in-methods");
if (place) {
  createRoot(place).render(
    <StrictMode>
      <MfaSettings siteName="Larkmoor Savings" locale={place.closest<HTMLElement>("[lang]")?.lang} />
    </StrictMode>,
  );
}
