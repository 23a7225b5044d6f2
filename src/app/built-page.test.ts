import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { loadBuiltPage } from "./built-page.ts";

const directory = mkdtempSync(join(tmpdir(), "built-page-"));
mkdirSync(join(directory, "assets"));
mkdirSync(join(directory, ".vite"));
writeFileSync(join(directory, "index.html"), "<!doctype html><title>Page</title>");
writeFileSync(join(directory, "favicon.svg"), "<svg/>");
writeFileSync(join(directory, "assets", "main-abc123.js"), "export {};");
writeFileSync(join(directory, ".vite", "manifest.json"), "{}");
afterAll(() => rmSync(directory, { recursive: true }));

const page = loadBuiltPage({ directory, https: false });
const ask = (path: string, init?: RequestInit) => page(new Request(`http://localhost${path}`, init));

describe("the built page", () => {
  it("is one document that nobody stores and that may load only its own parts", async () => {
    const answer = ask("/");
    expect(await answer?.text()).toContain("<title>Page</title>");
    expect(answer?.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
    expect(answer?.headers.get("Cache-Control")).toBe("no-store, private");
    const policy = answer?.headers.get("Content-Security-Policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(answer?.headers.get("Permissions-Policy")).toContain("otp-credentials=(self)");
    for (const name of ["Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"]) {
      expect(answer?.headers.get(name), name).toBe("same-origin");
    }
    expect(answer?.headers.get("Referrer-Policy")).toBe("no-referrer");
  });

  it("keeps parts whose name holds their hash for good, and others for an hour", () => {
    expect(ask("/assets/main-abc123.js")?.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
    expect(ask("/favicon.svg")?.headers.get("Cache-Control")).toBe("public, max-age=3600");
    expect(ask("/favicon.svg")?.headers.get("X-Content-Type-Options")).toBe("nosniff");
  });

  it("packs for browsers that can unpack", async () => {
    const answer = ask("/", { headers: { "Accept-Encoding": "gzip, br" } });
    expect(answer?.headers.get("Content-Encoding")).toBe("gzip");
    const bytes = new Uint8Array((await answer?.arrayBuffer()) ?? new ArrayBuffer(0));
    expect(gunzipSync(bytes).toString()).toContain("<title>Page</title>");
  });

  it("answers HEAD without a body and refuses to be written to", async () => {
    const head = ask("/", { method: "HEAD" });
    expect([head?.status, await head?.text()]).toEqual([200, ""]);
    expect(ask("/", { method: "POST" })?.status).toBe(405);
  });

  it.each(["/nothing", "/.vite/manifest.json", "/../package.json", "/%2e%2e/package.json", "/assets/", "/assets"])(
    "has no %s",
    (path) => {
      expect(ask(path)).toBeNull();
    },
  );

  it("tells browsers to stay on https where it is served by https", () => {
    const secure = loadBuiltPage({ directory, https: true });
    const header = "Strict-Transport-Security";
    expect(secure(new Request("https://example.com/"))?.headers.get(header)).toBe("max-age=31536000");
    expect(ask("/")?.headers.get(header)).toBeNull();
  });

  it("has its policy on every answer, whatever is asked for and however", () => {
    for (const path of ["/", "/favicon.svg", "/assets/main-abc123.js"]) {
      for (const method of ["GET", "HEAD", "POST", "DELETE"]) {
        const { status, headers } = ask(path, { method }) ?? Response.error();
        expect(status, `${method} ${path}`).toBe(method === "GET" || method === "HEAD" ? 200 : 405);
        expect(headers.get("Content-Security-Policy"), `${method} ${path}`).toMatch(
          /^default-src 'none'; .*frame-ancestors 'none'$/,
        );
        expect(headers.get("X-Frame-Options"), `${method} ${path}`).toBe("DENY");
        if (status === 405) expect(headers.get("Cache-Control"), `${method} ${path}`).toBe("no-store, private");
      }
    }
  });

  it("may be framed by the origins that are named, and by no other", () => {
    const frameAncestors = ["https://app.example.com", "https://example.org:8443"];
    const headers = loadBuiltPage({ directory, https: true, frameAncestors })(
      new Request("https://example.com/"),
    )?.headers;
    expect(headers?.get("Content-Security-Policy")).toMatch(
      /; frame-ancestors https:\/\/app\.example\.com https:\/\/example\.org:8443$/,
    );
    expect(headers?.get("X-Frame-Options")).toBeNull();
  });

  it("says at the start when nothing was built", () => {
    expect(() => loadBuiltPage({ directory: join(directory, "assets"), https: false })).toThrow("no built page");
  });
});
