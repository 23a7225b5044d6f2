import { readFile } from "node:fs/promises";
import { type ESTree, type Plugin, transformWithOxc } from "vite";

const QUERY = "?values";

/**
 * Provides a catalogue without its keys: `./locales/de.ts?values` exports the values of the object in `de.ts`, in their
 * order. The page has the English keys in that order already, and a test holds that it is the same one.
 */
export function catalogues(): Plugin {
  return {
    name: "catalogues",
    load: {
      filter: { id: /\?values$/ },
      async handler(id) {
        const file = id.slice(0, -QUERY.length);
        this.addWatchFile(file);
        const { code } = await transformWithOxc(await readFile(file, "utf8"), file);
        const values = sentencesOf(this.parse(code)).map(({ start, end }) => code.slice(start, end));
        return `export const values = [${values.join(",")}];`;
      },
    },
  };
}

/** Returns the values of the one object that a catalogue's file exports. */
function sentencesOf({ body }: ESTree.Program): readonly ESTree.Expression[] {
  for (const statement of body) {
    if (statement.type !== "ExportNamedDeclaration" || statement.declaration?.type !== "VariableDeclaration") continue;
    const [declared] = statement.declaration.declarations;
    if (declared?.init?.type !== "ObjectExpression") continue;
    return declared.init.properties.map((property) => {
      if (property.type !== "Property") throw new Error("A catalogue is written out: every key with its sentence.");
      return property.value;
    });
  }
  throw new Error("A catalogue's file exports one object with its sentences.");
}
