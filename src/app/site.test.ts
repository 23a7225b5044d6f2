import { describe, expect, it } from "vitest";
import { createSite } from "./site.ts";

const site = createSite({
  page: (request) => (new URL(request.url).pathname === "/" ? new Response("page") : null),
  bff: (request) => Promise.resolve(new Response(`bff ${new URL(request.url).pathname}`)),
  basePath: "/api/mfa",
  https: false,
});
const textOf = async (path: string) => (await site(new Request(`http://localhost${path}`))).text();

describe("the site", () => {
  it("hands the BFF what is below its base path, and nothing that only looks like it", async () => {
    expect(await textOf("/api/mfa/session")).toBe("bff /api/mfa/session");
    expect(await textOf("/api/mfa")).toBe("bff /api/mfa");
    expect(await textOf("/api/mfa-other")).toBe("There is nothing here.\n");
  });

  it("is the page elsewhere, and says plainly where it is not", async () => {
    expect(await textOf("/")).toBe("page");
    const nothing = await site(new Request("http://localhost/nothing"));
    expect(nothing.status).toBe(404);
    expect(nothing.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
  });

  it("answers for its own host alone, where it knows it", async () => {
    const own = createSite({
      page: () => new Response("page"),
      bff: () => Promise.resolve(new Response("bff")),
      basePath: "/api/mfa",
      host: "account.test",
      https: true,
    });
    expect(await (await own(new Request("https://account.test/"))).text()).toBe("page");
    for (const address of ["https://evil.test/", "https://account.test:8443/api/mfa/session"])
      expect((await own(new Request(address))).status).toBe(421);
  });
});
