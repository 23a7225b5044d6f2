import { fileURLToPath } from "node:url";
import { build } from "vite";

/** The account page with the samples in the place of the panel: each file by its address. */
export type SamplePage = ReadonlyMap<string, string | Buffer>;

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Builds the account page as it ships, with its own sheet and markup, around the samples. Nothing is written anywhere. */
export async function buildSamplePage(): Promise<SamplePage> {
  const output = await build({
    root: ROOT,
    mode: "production",
    logLevel: "warn",
    // In one piece, so that a screen is there as soon as it is asked for.
    build: { write: false, minify: false, rolldownOptions: { output: { codeSplitting: false } } },
    plugins: [
      {
        name: "samples",
        transformIndexHtml: {
          order: "pre",
          handler: (html) => html.replace("/src/app/main.tsx", "/e2e/every-screen/page.tsx"),
        },
      },
    ],
  });
  const files = new Map<string, string | Buffer>();
  for (const made of Array.isArray(output) ? output : [output]) {
    if (!("output" in made)) continue;
    for (const file of made.output) {
      files.set(`/${file.fileName}`, file.type === "chunk" ? file.code : Buffer.from(file.source));
    }
  }
  return files;
}
