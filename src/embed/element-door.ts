import { defineElements } from "./element.tsx";

/*
 * What `mfa-enroll/element` is, and the file for a script tag: to import it registers `<mfa-settings>` and `<mfa-enrollment>`.
 */

export { MfaEnrollmentElement, MfaSettingsElement } from "./element.tsx";

if (globalThis.customElements) defineElements();
