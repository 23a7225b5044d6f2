/*
 * Dresses the demo's page as its address says: `?look=` names a host's colours, `?lang=` the language of the embedded panel.
 * It does so as any host would, by custom properties and a `lang` attribute, before the page's own script runs.
 */

/** Lists the looks there are, each a handful of custom properties in looks.css. */
export const LOOKS = { bank: "Larkmoor Savings", quiet: "Quiet", "start-up": "Start-up" } as const;

/** Names the look of a host. */
export type Look = keyof typeof LOOKS;

/** Lists the languages of the catalogues, each by its own name. */
export const LANGUAGES = {
  en: "English",
  ar: "العربية",
  de: "Deutsch",
  es: "Español",
  fr: "Français",
  he: "עברית",
  hi: "हिन्दी",
  it: "Italiano",
  ja: "日本語",
  ko: "한국어",
  nl: "Nederlands",
  pl: "Polski",
  "pt-BR": "Português (Brasil)",
  tr: "Türkçe",
  "zh-Hans": "简体中文",
} as const;

/** Names a language of the panel. */
export type Language = keyof typeof LANGUAGES;

/** Returns what the address asks for; what it does not name, or names and is not there, is as the page is by itself. */
export function looksAsked(search: string): { readonly look: Look; readonly lang: Language } {
  const asked = new URLSearchParams(search);
  return { look: nameIn(LOOKS, asked.get("look")) ?? "bank", lang: nameIn(LANGUAGES, asked.get("lang")) ?? "en" };
}

function nameIn<Name extends string>(names: Readonly<Record<Name, string>>, asked: string | null): Name | null {
  const isName = (name: string): name is Name => Object.hasOwn(names, name);
  return asked !== null && isName(asked) ? asked : null;
}

/** Dresses the page it is called on. */
export function dressPage(): void {
  const { look, lang } = looksAsked(location.search);
  document.documentElement.dataset["look"] = look;
  const place = document.getElementById("sign-in-methods");
  if (place !== null) place.lang = lang;
}

/** Opens the page again in another look or language, at the step where it is. */
export function dressAnew(change: { readonly look?: string; readonly lang?: string }): void {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(change)) address.searchParams.set(name, value);
  location.assign(address);
}
