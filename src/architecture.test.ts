import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

/*
 * Holds who may know whom. Each room lists the rooms and packages it may import; whatever is not listed is refused, so a
 * new folder or package has to be entered here first. It reads import specifiers, static and dynamic, and nothing else.
 */

const SRC = import.meta.dirname;

interface Room {
  /** Other rooms it may import. */
  rooms: readonly string[];
  /** Packages it may import. */
  packages: readonly string[];
  /** Node's own modules it may import. */
  node?: readonly string[];
  /** The rooms and packages its tests may import beyond that, besides the test tools. */
  tests?: readonly string[];
}

const REACT = ["react", "react-dom"];

const ROOMS: Readonly<Record<string, Room>> = {
  contract: { rooms: [], packages: ["zod", "libphonenumber-js"] },
  wizard: { rooms: ["contract"], packages: [] },
  // The browser knows the types of the contract alone: its schemas run in the BFF, and the first screen has no room for them.
  client: { rooms: ["contract"], packages: [] },
  ui: {
    rooms: ["wizard", "client", "contract"],
    packages: [
      ...REACT,
      "@tanstack/react-query",
      "react-hook-form",
      "libphonenumber-js",
      "virtual:phone-plans",
      "virtual:own-names",
    ],
    // A test reads the components themselves, for words they may not have.
    tests: ["vite"],
  },
  embed: { rooms: ["ui", "client", "contract"], packages: [...REACT, "@tanstack/react-query"] },
  // What stands for React Query in the file for a script tag.
  alone: { rooms: [], packages: [] },
  bff: {
    rooms: ["contract"],
    packages: [
      "hono",
      "@hono/node-server",
      "openid-client",
      "jose",
      "ioredis",
      "pino",
      "prom-client",
      "rate-limiter-flexible",
      "undici",
      "zod",
      "libphonenumber-js",
      "nodemailer",
    ],
    node: ["node:crypto", "node:http", "node:net"],
    // The BFF is tested against the upstream it will meet, which only the simulator can play, in the journeys' own stack.
    tests: ["simulator", "journeys"],
  },
  simulator: {
    rooms: [],
    packages: ["hono", "@hono/node-server", "jose", "nodemailer", "smtp-server", "postal-mime"],
    node: ["node:crypto", "node:events", "node:net", "node:util"],
    // Clients that we did not write say whether the imitation is one.
    tests: ["openid-client", "auth0"],
  },
  doctor: {
    // Of the BFF its settings, so that both read the same environment in the same words, and its way to Redis: see `PARTS`.
    rooms: ["contract", "bff"],
    packages: ["zod"],
    node: ["node:readline", "node:stream", "node:util"],
    // A tenant to examine, which can be broken on purpose.
    tests: ["simulator"],
  },
  app: {
    rooms: ["embed", "ui", "contract", "bff"],
    packages: REACT,
    node: ["node:crypto", "node:fs", "node:path", "node:url", "node:util", "node:zlib"],
    // Time is moved by the journeys' own clock.
    tests: ["journeys"],
  },
  demo: {
    rooms: ["app", "embed", "ui", "contract", "bff", "simulator"],
    packages: [...REACT, "hono", "zod"],
    node: ["node:crypto", "node:url"],
  },
  testing: { rooms: ["simulator", "contract"], packages: ["playwright"], node: ["node:timers/promises"] },
  journeys: {
    rooms: ["contract", "wizard", "client", "ui", "embed", "bff", "simulator", "app", "testing"],
    packages: REACT,
    node: ["node:crypto"],
  },
  "contract-suite": {
    rooms: ["simulator"],
    packages: ["openid-client", "@auth0/auth0-auth-js", "auth0"],
    node: ["node:crypto", "node:util"],
  },
  faults: {
    rooms: ["contract", "bff", "simulator", "journeys"],
    packages: ["vitest", "@vitejs/plugin-react"],
    node: ["node:child_process", "node:path", "node:url", "node:util"],
  },
  // Holds what the product says of numbers against a library that is no part of it.
  "phone-numbers": { rooms: ["contract", "ui"], packages: ["libphonenumber-js", "google-libphonenumber"] },
  edits: { rooms: ["ui", "contract"], packages: ["fast-check", "libphonenumber-js"] },
  hostile: {
    rooms: ["app", "bff", "contract", "journeys"],
    packages: ["fast-check", "zod"],
    node: ["node:net", "node:timers/promises", "node:util", "node:zlib"],
  },
  attacks: { rooms: ["bff", "client", "contract", "simulator", "kills"], packages: [], node: ["node:timers/promises"] },
  // A tenant that marks what it mints, around the built server and a browser.
  canaries: {
    rooms: ["bff", "client", "contract", "simulator", "testing", "kills"],
    packages: ["playwright"],
    node: [
      "node:child_process",
      "node:crypto",
      "node:events",
      "node:fs",
      "node:os",
      "node:path",
      "node:timers/promises",
      "node:url",
      "node:util",
    ],
  },
  soak: {
    rooms: ["bff", "client", "contract", "simulator", "kills", "cluster", "canaries"],
    packages: [],
    node: ["node:timers/promises", "node:util"],
  },
  cluster: {
    rooms: ["bff", "client", "contract", "simulator", "kills"],
    packages: [],
    node: ["node:child_process", "node:crypto", "node:fs", "node:http", "node:os", "node:path", "node:timers/promises"],
  },
  // Measures what the BFF costs beside the least that could stand in its place, which is written in the same words.
  bench: {
    rooms: ["bff", "kills", "simulator"],
    packages: ["undici", "zod"],
    node: [
      "node:child_process",
      "node:crypto",
      "node:events",
      "node:fs",
      "node:http",
      "node:os",
      "node:path",
      "node:timers/promises",
      "node:url",
    ],
  },
  kills: {
    rooms: ["bff", "client", "contract", "simulator"],
    packages: [],
    node: [
      "node:assert/strict",
      "node:child_process",
      "node:crypto",
      "node:events",
      "node:net",
      "node:os",
      "node:timers/promises",
      "node:url",
    ],
  },
};

/** What any test may import: the runner, the screen, and reading files of the repository. */
const TEST_TOOLS = [
  "vitest",
  "fast-check",
  "@testing-library/react",
  "@testing-library/dom",
  "@testing-library/user-event",
  "@guidepup/virtual-screen-reader",
  "zod",
  "libphonenumber-js",
];

/** The files that may call the sockets and the ciphers of Node themselves; everything else goes through them. */
const ONLY_HERE: Readonly<Record<string, (file: string) => boolean>> = {
  "node:http": (file) =>
    file === "bff/node-server.ts" || file.startsWith("bench/") || file === "cluster/round-robin.ts",
  "@hono/node-server": (file) => /^(simulator|demo|bff\/node-server\.ts)/.test(file),
  "node:crypto": (file) => !file.startsWith("bff/") || file === "bff/sealing.ts",
  undici: (file) => file === "bff/undici-upstream.ts" || file.startsWith("bench/"),
  ioredis: (file) => file === "bff/redis-client.ts",
  "rate-limiter-flexible": (file) => file === "bff/redis-limiter.ts",
  "prom-client": (file) => file === "bff/metrics.ts",
  nodemailer: (file) => file === "simulator/mail-sender.ts" || file === "bff/mail-notices.ts",
};

interface Import {
  file: string;
  specifier: string;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** Drops block comments, in which a documented example may import anything. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

function specifiersOf(text: string): string[] {
  const patterns = [
    /\b(?:import|export)\s[^"';]*?\bfrom\s*["']([^"']+)["']/g,
    /\bimport\s*["']([^"']+)["']/g,
    /\bimport\s*\(\s*["'`]([^"'`]+)["'`]/g,
  ];
  return patterns.flatMap((pattern) => [...withoutComments(text).matchAll(pattern)].map((match) => match[1] ?? ""));
}

function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

// A tool's configuration is not part of a room: it is read by the tool alone.
const files = sourceFiles(SRC).filter((file) => file !== import.meta.filename && !file.endsWith(".config.ts"));
const texts = new Map(files.map((file) => [relative(SRC, file).replaceAll("\\", "/"), readFileSync(file, "utf8")]));
const imports: Import[] = [...texts].flatMap(([file, text]) =>
  specifiersOf(text).map((specifier) => ({ file, specifier })),
);

/** The files of a room that another one may import, where it is not to know the rest of it. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  "doctor bff": ["bff/settings.ts", "bff/redis-client.ts"],
};

/** What only tests import: a scripted visit, a tenant to examine, and the stories' harness. A file that ships may not import them. */
const TEST_SUPPORT = [
  "doctor/patient.ts",
  "embed/visit.tsx",
  "embed/scripted-bff.ts",
  "journeys/story.ts",
  "journeys/named-tests.ts",
  "journeys/hearing.ts",
  "journeys/told/telling.ts",
];
const isTest = (file: string) => /\.test\.tsx?$/.test(file) || TEST_SUPPORT.includes(file);
const roomOf = (file: string) => file.split("/")[0] ?? "";

/** Says what is wrong with one import, or null when the table allows it. */
function complaint({ file, specifier }: Import): string | null {
  const room = ROOMS[roomOf(file)];
  if (!room) return `${file}: there is no room "${roomOf(file)}" in the table`;
  const only = ONLY_HERE[packageOf(specifier)];
  if (only && !only(file) && !isTest(file)) return `${file}: ${specifier} has files of its own`;
  if (specifier.startsWith(".")) {
    const path = relative(SRC, join(SRC, dirname(file), specifier)).replaceAll("\\", "/");
    const target = roomOf(path);
    const parts = PARTS[`${roomOf(file)} ${target}`];
    if (parts && !parts.includes(path)) return `${file}: ${roomOf(file)} must not know ${path}`;
    const allowed = [roomOf(file), ...room.rooms, ...(isTest(file) ? (room.tests ?? []) : [])];
    return allowed.includes(target) ? null : `${file}: ${roomOf(file)} must not know ${target}`;
  }
  if (specifier.startsWith("node:")) {
    const allowed = room.node ?? [];
    return allowed.includes(specifier) || isTest(file) ? null : `${file}: ${roomOf(file)} must not use ${specifier}`;
  }
  const allowed = [...room.packages, ...(isTest(file) ? [...TEST_TOOLS, ...(room.tests ?? [])] : [])];
  return allowed.includes(packageOf(specifier))
    ? null
    : `${file}: ${roomOf(file)} must not use the package ${specifier}`;
}

describe("who may know whom", () => {
  it("is held by every import of every room", () => {
    expect(imports.map(complaint).filter((sentence) => sentence !== null)).toEqual([]);
  });

  it("is checked on the whole source, for a check that sees nothing would pass", () => {
    expect(files.length).toBeGreaterThan(30);
    expect(imports.length).toBeGreaterThan(files.length);
    for (const room of Object.keys(ROOMS).filter((name) => name !== "journeys")) {
      expect(files.filter((file) => relative(SRC, file).startsWith(room)).length, room).toBeGreaterThan(0);
    }
  });

  it.each([
    ["bff/handlers.ts", "../simulator/tenant.ts"],
    ["bff/handlers.ts", "../ui/enrollment-wizard.tsx"],
    ["bff/handlers.ts", "node:http"],
    ["bff/handlers.ts", "node:crypto"],
    ["bff/handlers.ts", "undici"],
    ["simulator/tenant.ts", "../contract/channel.ts"],
    ["simulator/tenant.test.ts", "../contract/channel.ts"],
    ["app/serve.ts", "../simulator/tenant.ts"],
    ["app/serve.ts", "../demo/serve.ts"],
    ["doctor/main.ts", "../simulator/tenant.ts"],
    ["doctor/ours.ts", "../bff/tenant.ts"],
    ["doctor/checks/policy.ts", "../../ui/messages/en.ts"],
    ["wizard/transition.ts", "react"],
    ["ui/use-enrollment.ts", "../bff/node-server.ts"],
    ["ui/use-enrollment.ts", "node:fs"],
    ["contract/routes.ts", "hono"],
    ["contract/routes.ts", "zod-to-something"],
    ["cellar/new.ts", "zod"],
  ])("refuses %s importing %s", (file, specifier) => {
    expect(complaint({ file, specifier })).not.toBeNull();
  });

  it("sees static, re-exported, bare and dynamic imports, and none in comments", () => {
    const text = `
      import { a } from "one"; import type { B } from 'two'; export * from "three"; import "four";
      const five = await import("five"); /* import { x } from "six" */
      // import { y } from "seven"
    `;
    expect(specifiersOf(text).toSorted()).toEqual(["five", "four", "one", "three", "two"]);
  });
});

describe("house rules", () => {
  const own = [...texts].filter(([file]) => !file.startsWith("ui/messages/"));

  it("no test puts one of our own modules out of the way", () => {
    expect(own.filter(([, text]) => /\bvi\.(mock|doMock)\(/.test(text)).map(([file]) => file)).toEqual([]);
  });

  it("no file is longer than 250 lines", () => {
    const long = own.filter(([file, text]) => !isTest(file) && text.split("\n").length > 251).map(([file]) => file);
    expect(long).toEqual([]);
  });

  it("no file is a drawer for anything or a barrel", () => {
    const drawers = own
      .map(([file]) => file)
      .filter((file) => /(^|\/)(utils?|helpers?|types|constants|index)\.tsx?$/.test(file));
    expect(drawers).toEqual([]);
  });
});
