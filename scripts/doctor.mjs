/*
 * `npm run doctor -- [options]`: examines the tenant that the environment names. With `--demo` it starts a simulated tenant for the time of
 * the examination and examines that one; `--demo --broken [--seed N]` a broken one.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { stopWithParent } from "./stop-with-parent.mjs";

/** Where the demo's page would be. */
const PAGE = "http://localhost:4300";

/** A tenant that ends with this process, however that ends. */
const WITH_PARENT = "data:text/javascript,process.on('disconnect', () => process.exit())";

/** Starts a simulated tenant on a free port and gives what it prints for the environment. */
async function startDemo(options) {
  const signIn = process.env.MFA_SIGN_IN ?? "redirect";
  const tenant = spawn(
    process.execPath,
    ["--import", WITH_PARENT, fileURLToPath(new URL("../dist/server/tenant/main.js", import.meta.url)), ...options],
    {
      stdio: ["ignore", "pipe", "inherit", "ipc"],
      // Ctrl-C is for the doctor, which may still need it.
      detached: true,
      env: {
        PATH: process.env.PATH,
        TENANT_PORT: "0",
        TENANT_APP_ORIGIN: PAGE,
        TENANT_SIGN_IN: signIn,
        TENANT_REALM: process.env.AUTH0_REALM ?? "",
        // What suits the way in, so that the tenant is well.
        TENANT_POLICY: signIn === "password" ? "always" : "never",
      },
    },
  );
  let said = "";
  for await (const chunk of tenant.stdout.setEncoding("utf8")) {
    said += chunk;
    if (said.includes("Ctrl-C stops it.")) break;
  }
  if (!said.includes("Ctrl-C stops it.")) process.exit(3);
  // It must not keep this process alive once the examination is over.
  tenant.unref();
  tenant.channel?.unref();
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

/** Parts what the demo's tenant is told from what the doctor is, which reads its own options. */
function splitOptions(line) {
  const options = { demo: { type: "boolean" }, broken: { type: "boolean" }, seed: { type: "string" } };
  const { tokens } = parseArgs({ args: line, options, strict: false, allowPositionals: true, tokens: true });
  const ours = tokens.filter(({ kind, name }) => kind === "option" && name in options);
  const places = ours.flatMap(({ index, value, inlineValue }) =>
    value === undefined || inlineValue ? [index] : [index, index + 1],
  );
  const forTenant = ours
    .filter(({ name }) => name !== "demo")
    .flatMap(({ name, value }) => (value === undefined ? [`--${name}`] : [`--${name}=${value}`]));
  return {
    isDemo: ours.some(({ name }) => name === "demo"),
    forTenant,
    rest: line.filter((_, index) => !places.includes(index)),
  };
}

const { isDemo, forTenant, rest } = splitOptions(process.argv.slice(2));
if (!isDemo && forTenant.length > 0) {
  console.error("--broken and --seed mean nothing without --demo: nobody's own tenant is broken.");
  process.exit(3);
}
await build(isDemo ? ["doctor", "tenant"] : ["doctor"]);
stopWithParent();
if (isDemo) {
  const demo = await startDemo(forTenant);
  // What is left of another tenant's would lead there, with its credentials: nothing of a real one may be looked at or changed.
  for (const name of Object.keys(process.env)) {
    if (name.startsWith("AUTH0_") && name !== "AUTH0_REALM") delete process.env[name];
  }
  Object.assign(process.env, demo);
}
process.argv.splice(2, process.argv.length, ...rest);
await import(new URL("../dist/server/doctor/main.js", import.meta.url).href);
