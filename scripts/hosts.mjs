/*
 * Puts the package, as it is packed, into pages and servers of other people's: everything below `dist/hosts` takes it from an installed
 * archive. `npm run test:package` plays in them.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";
import { pack } from "./package.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const hosts = join(root, "dist", "hosts");
const installed = join(hosts, "node_modules", "mfa-enroll");

await build(["tenant"]);
const archive = await pack();
rmSync(hosts, { recursive: true, force: true });
mkdirSync(installed, { recursive: true });
const unpacked = spawnSync("tar", ["-xzf", archive, "-C", installed, "--strip-components=1"], { stdio: "inherit" });
if (unpacked.status !== 0) throw new Error("The archive could not be unpacked.");
cpSync(join(root, "e2e", "hosts"), hosts, { recursive: true });
cpSync(join(root, "docs", "examples"), join(hosts, "servers"), { recursive: true });
// The file for a script tag with its chunks beside it, as somebody copies it to their own server.
cpSync(join(installed, "alone"), join(hosts, "public", "mfa-enroll"), { recursive: true });
const vite = await import("vite");
for (const name of ["react", "vue"]) {
  await vite.build({
    root: join(hosts, `${name}-app`),
    base: `/${name}/`,
    configFile: false,
    logLevel: "warn",
    build: { outDir: join(hosts, "public", name), emptyOutDir: true },
  });
}
