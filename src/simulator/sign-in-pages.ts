import { challengePage, onChallenge } from "./challenge-page.ts";
import { enrollPage, onEnroll } from "./enroll-page.ts";
import { loginPage, onLogin } from "./login-page.ts";
import { offersEnrollment } from "./mfa-policy.ts";
import { renderPage } from "./page.ts";
import type { Shelf } from "./shelf.ts";
import { finishVisit, redirectError, stepPath } from "./sign-in.ts";
import type { Tenant } from "./tenant.ts";
import { nextStep, type Step, type Visit } from "./visit.ts";

/** Answers the tenant's own pages. A page that is not the visit's turn leads to the one that is. */
export async function signInPage(tenant: Tenant, visits: Shelf<Visit>, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const form = request.method === "POST" ? new URLSearchParams(await request.text()) : null;
  const visit = visits.get((form ?? url.searchParams).get("state") ?? "");
  if (visit === undefined) {
    const sentences = ["Go back to the application and start again."];
    return renderPage({ title: "This sign-in is over", sentences }, 400);
  }
  const page = url.pathname.slice("/u/".length);
  const step = nextStep(tenant, visit);
  if (step === "done" || step !== page) return leadOn(tenant, visits, visit);
  if (step === "enroll" && !offersEnrollment(tenant.settings)) {
    visits.delete(visit.id);
    return redirectError(visit.request, "access_denied", "No MFA factors enabled for enrollment");
  }
  if (form === null) return showStep(tenant, visit, step);
  if (form.get("action") === "cancel") {
    visits.delete(visit.id);
    return redirectError(visit.request, "access_denied", "The person cancelled the sign-in.");
  }
  const refused = await submit(tenant, visit, step, form);
  return typeof refused === "string" ? showStep(tenant, visit, step, refused) : leadOn(tenant, visits, visit, refused);
}

/** What a submitted form leads to: a sentence why not, or the headers to go on with. */
type Submitted = string | Readonly<Record<string, string>>;

async function submit(
  tenant: Tenant,
  visit: Visit,
  step: Exclude<Step, "done">,
  form: URLSearchParams,
): Promise<Submitted> {
  switch (step) {
    case "login":
      return onLogin(tenant, visit, form);
    case "mfa":
      return onChallenge(tenant, visit, form);
    case "enroll":
      return onEnroll(tenant, visit, form);
    default:
      visit.recoveryCode = null;
      return {};
  }
}

function showStep(tenant: Tenant, visit: Visit, step: Exclude<Step, "done">, refused?: string): Response {
  const status = refused === undefined ? 200 : 400;
  switch (step) {
    case "login":
      return renderPage({ ...loginPage(tenant, visit), refused }, status);
    case "mfa":
      return renderPage({ ...challengePage(tenant, visit), refused }, status);
    case "enroll":
      return renderPage({ ...enrollPage(visit), refused }, status);
    default:
      return renderPage({
        title: "Keep your recovery code",
        sentences: ["With it you get in without your phone. It works once. You will not see it again."],
        keep: visit.recoveryCode ?? "",
        form: { path: "/u/recovery-code", visit: visit.id, buttons: [{ action: "continue", label: "I have kept it" }] },
      });
  }
}

function leadOn(
  tenant: Tenant,
  visits: Shelf<Visit>,
  visit: Visit,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const step = nextStep(tenant, visit);
  if (step === "done") {
    visits.delete(visit.id);
    return finishVisit(tenant, visit, headers);
  }
  const location = stepPath(visit, step);
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store", ...headers } });
}
