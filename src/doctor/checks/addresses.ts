import { CALLBACK_PATH } from "../../contract/routes.ts";
import { addTo } from "../change.ts";
import { applicationPage, whereApplication } from "../change-application.ts";
import { type Finding, notSeen, ok } from "../finding.ts";
import type { Ours } from "../ours.ts";
import type { Application } from "../tenant-view.ts";

/** Looks at where the tenant lets people come back to, after signing in and after signing out. */
export function checkAddresses(known: Application, ours: Ours): Finding[] {
  if (ours.publicUrl === null) return [notSeen("callback", "Callback", "MFA_PUBLIC_URL is missing or wrong.")];
  const found: Finding[] = [];
  const callback = `${ours.publicUrl}${ours.basePath}${CALLBACK_PATH}`;
  const callbacks = known.callbacks ?? [];
  if (ours.signInWays.includes("redirect") && !callbacks.includes(callback)) {
    found.push({
      id: "callback-missing",
      level: "fail",
      title: "Callback",
      saw: `${callback} is not among the addresses that people may come back to.`,
      why: "The tenant's page shows an error instead of a sign-in, so nobody gets as far as enrolling.",
      mend: { dashboard: applicationPage(known, `Settings > Allowed Callback URLs: add ${callback}`) },
      changes: [
        addTo(whereApplication(ours, `let people come back to ${callback}`), "callbacks", {
          found: callbacks,
          words: [callback],
        }),
      ],
    });
  } else found.push(ok("callback", "Callback", callback));
  const home = ours.publicUrl;
  const homes = known.allowed_logout_urls;
  if (homes !== undefined && !homes.includes(home) && !homes.includes(`${home}/`)) {
    found.push({
      id: "logout-url-missing",
      level: "warn",
      title: "Way back after signing out",
      saw: `${home} is not among the addresses that people may be sent to after signing out.`,
      why: "Enrolling works; somebody who signs out ends on an error page of the tenant.",
      mend: { dashboard: applicationPage(known, `Settings > Allowed Logout URLs: add ${home}`) },
      changes: [
        addTo(whereApplication(ours, `let people go to ${home} after signing out`), "allowed_logout_urls", {
          found: homes,
          words: [home],
        }),
      ],
    });
  }
  return found;
}
