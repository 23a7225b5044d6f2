import { changeSettings } from "./change-settings.ts";
import { demoClient, managementClient } from "./clients.ts";
import { DEMO_PASSWORD } from "./people.ts";
import { startTenant } from "./serve-tenant.ts";
import { defaultSettings } from "./settings.ts";

/** The port when `TENANT_PORT` is not set; next to nothing well known. */
const PORT = 4310;
/** The application's origin when `TENANT_APP_ORIGIN` is not set. */
const APP_ORIGIN = "http://127.0.0.1:4300";

async function main(environment: NodeJS.ProcessEnv): Promise<void> {
  const port = environment["TENANT_PORT"] ?? String(PORT);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new RangeError("TENANT_PORT must be a port number");
  const policy = environment["TENANT_POLICY"] ?? "never";
  changeSettings(defaultSettings(), { policy });
  const app = new URL(environment["TENANT_APP_ORIGIN"] ?? APP_ORIGIN).origin;
  const callbacks = (environment["TENANT_CALLBACKS"] ?? `${app}/api/mfa/callback`).split(",").map((url) => url.trim());
  const origins = new Set([app, ...callbacks.map((url) => new URL(url).origin)]);
  const client = demoClient(
    callbacks,
    [...origins].flatMap((origin) => [origin, `${origin}/`]),
  );
  const management = managementClient();
  const smtpUrl = environment["SMTP_URL"];
  const issuer = environment["TENANT_ISSUER"];
  const tenant = await startTenant({
    port: Number(port),
    settings: { policy: policy === "always" ? "always" : "never" },
    clients: [client, management],
    messageHost: new URL(app).hostname,
    ...(issuer === undefined ? {} : { issuer }),
    ...(smtpUrl === undefined ? {} : { smtpUrl }),
  });

  const lines = [
    "",
    `  Simulated tenant   ${tenant.origin}`,
    `  Messages (JSON)    ${tenant.controlUrl}/outbox`,
    `  Mail goes to       ${smtpUrl === undefined ? (tenant.mailbox?.url ?? "") : new URL(smtpUrl).host}`,
    `  Policy             ${policy}`,
    `  Callbacks          ${client.callbacks.join(", ")}`,
    `  People             ${tenant.simulator.people
      .list()
      .map(({ email }) => email)
      .join(", ")}`,
    `  Password           ${DEMO_PASSWORD}`,
    "",
    "  For the application, with an MFA_SECRET_KEY of its own:",
    `    export AUTH0_DOMAIN=${tenant.simulator.issuer.replace(/\/$/, "")}`,
    `    export AUTH0_CLIENT_ID=${client.id}`,
    `    export AUTH0_CLIENT_SECRET=${client.secret ?? ""}`,
    `    export AUTH0_MANAGEMENT_CLIENT_ID=${management.id}`,
    `    export AUTH0_MANAGEMENT_CLIENT_SECRET=${management.secret ?? ""}`,
    `    export MFA_PUBLIC_URL=${app}`,
    "",
    "  Ctrl-C stops it.",
    "",
  ];
  process.stdout.write(`${lines.join("\n")}\n`);

  const stop = (): void => {
    tenant.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

main(process.env).catch((reason: unknown) => {
  process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n`);
  process.exit(1);
});
