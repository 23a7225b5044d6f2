import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Puts the demo's dock beside the account-settings page and builds the demo's own pages with it. */
export function demoDock(): Plugin {
  return {
    name: "demo-dock",
    config: () => ({
      build: {
        rolldownOptions: {
          input: {
            index: `${root}index.html`,
            phone: `${root}src/demo/phone.html`,
            mailbox: `${root}src/demo/mailbox.html`,
            scenarios: `${root}src/demo/scenarios.html`,
          },
        },
      },
    }),
    transformIndexHtml: {
      // Before Vite collects the page's scripts, so that the dock is bundled like any other of them; and the first of them,
      // because it dresses the page.
      order: "pre",
      handler: (_html, { filename }) =>
        filename === `${root}index.html`
          ? [{ tag: "script", attrs: { type: "module", src: "/src/demo/dock/main.tsx" }, injectTo: "head-prepend" }]
          : [],
    },
  };
}
