/*
 * `npm run doctor -- [options]`: examines the tenant that the environment names. With `--demo` it starts a simulated tenant for the time of
 * the examination and examines that one; `--demo --broken [--seed N]` a broken one.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";
import { stopWithParent } from "./stop-with-parent.mjs";

/** Where the demo's page would be. */
const PAGE = "http://localhost:4300";

/** Starts a simulated tenant on a free port and gives what it prints for the environment; it ends with this process. */
async function startDemo(options) {
  const signIn = process.env.MFA_SIGN_IN ?? "redirect";
  const tenant = spawn(
    process.execPath,
    [fileURLToPath(new URL("../dist/server/tenant/main.js", import.meta.url)), ...options],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...process.env,
        TENANT_PORT: "0",
        TENANT_APP_ORIGIN: PAGE,
        TENANT_SIGN_IN: signIn,
        TENANT_REALM: process.env.AUTH0_REALM ?? "",
        // What suits the way in, so that the tenant is well.
        TENANT_POLICY: signIn === "password" ? "always" : "never",
      },
    },
  );
  process.on("exit", () => tenant.kill());
  let said = "";
  for await (const chunk of tenant.stdout.setEncoding("utf8")) {
    said += chunk;
    if (said.includes("Ctrl-C stops it.")) break;
  }
  if (!said.includes("Ctrl-C stops it.")) process.exit(3);
  // It must not keep this process alive once the examination is over.
  tenant.unref();
  const printed = [...said.matchAll(/export (\w+)=(\S*)/g)].map(([, name, value]) => [name, value]);
  const [, username] = /People +([^\s,]+)/.exec(said) ?? [];
  const [, password] = /Password +(\S+)/.exec(said) ?? [];
  return {
    AUTH0_DOCTOR_USERNAME: username,
    AUTH0_DOCTOR_PASSWORD: password,
    MFA_SECRET_KEY: randomBytes(32).toString("base64"),
    ...Object.fromEntries(printed),
  };
}

const given = process.argv.slice(2);
const isDemo = given.includes("--demo");
await build(isDemo ? ["doctor", "tenant"] : ["doctor"]);
stopWithParent();
if (isDemo) {
  const seedAt = given.indexOf("--seed");
  const forTenant = given.filter(
    (word, index) => word === "--broken" || word === "--seed" || (seedAt >= 0 && index === seedAt + 1),
  );
  const rest = given.filter((word) => word !== "--demo" && !forTenant.includes(word));
  Object.assign(process.env, await startDemo(forTenant));
  process.argv.splice(2, process.argv.length, ...rest);
}
await import(new URL("../dist/server/doctor/main.js", import.meta.url).href);
