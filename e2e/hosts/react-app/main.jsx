import { MfaSettings } from "mfa-enroll/react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

window.heard = [];
createRoot(document.getElementById("root")).render(
  <StrictMode>
    <MfaSettings
      siteName="Larkmoor Savings"
      onEnrolled={(news) => window.heard.push(["mfa-enrolled", news])}
      onClose={() => window.heard.push(["mfa-close"])}
    />
  </StrictMode>,
);
