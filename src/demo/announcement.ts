/** What somebody who has just started the demo wants to know. */
export interface Announced {
  page: string;
  tenant: string;
  people: readonly { email: string; about: string; password: string }[];
}

/** Writes the one short block that `npm start` prints. */
export function announcement({ page, tenant, people }: Announced): string {
  const width = Math.max(...people.map(({ email }) => email.length));
  const rows: [string, string][] = [
    ["Page", `${page}/`],
    ["Phone", `${page}/demo/phone`],
    ["Mailbox", `${page}/demo/mailbox   (all messages as JSON: ${page}/demo/outbox)`],
    ["Scenarios", `${page}/scenarios   (situations by link)`],
    ["Tenant", `${tenant}   (simulated)`],
    ["Password", `${people[0]?.password ?? ""}   for everybody below`],
    ...people.map(({ email, about }, index): [string, string] => [
      index === 0 ? "Sign in" : "",
      `${email.padEnd(width)}   ${about}`,
    ]),
    ["Yours", "AUTH0_DOMAIN=… AUTH0_CLIENT_ID=… npm run serve   (README: Point it at your Auth0 tenant)"],
  ];
  return [
    "",
    "MFA Enroll, the demo. Ctrl-C stops it.",
    "",
    ...rows.map(([name, text]) => `  ${name.padEnd(9)} ${text}`),
    "",
  ].join("\n");
}
