import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import type { ChannelPolicy } from "../../contract/phone-policy.ts";
import { useMessages } from "../messages/messages.ts";
import {
  type Country,
  countryOf,
  fetchOtherNames,
  findCountries,
  listCountries,
  onlyMeant,
  type OtherNames,
} from "../phone/countries.ts";
import { CountryOptions } from "./country-options.tsx";
import { useSay } from "./saying.tsx";

/** Describes the country list of a phone field. */
export type CountryListProps = {
  /** The country shown, which a number may have named though it is not served. */
  readonly region: string | null;
  /** The countries to choose from. */
  readonly served: ChannelPolicy["countries"];
  readonly onChoose: (region: string) => void;
  /** How the other names are fetched, where that is not how the page does it. */
  readonly fetchNames?: typeof fetchOtherNames;
};

/** Page Up and Page Down move by what fits on a small screen. */
const PAGE = 6;

/**
 * Renders the country of a number as an editable combobox with a list (WAI-ARIA APG): one tab stop that is searched by
 * name, ISO code or calling code. The options exist only while the list is open. What countries are also called is fetched
 * when somebody turns to it, and searched as soon as it is there.
 */
export function CountryList({ region, served, onChoose, fetchNames = fetchOtherNames }: CountryListProps) {
  const { t, locale } = useMessages();
  const say = useSay();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  /** Null while the chosen country is shown, else what is being searched for. */
  const [query, setQuery] = useState<string | null>(null);
  /** The option that somebody moved to; without one it is the first. A region, because names that come may move it. */
  const [moved, setMoved] = useState<string | null>(null);
  const [names, setNames] = useState<OtherNames>(null);
  /** What was typed when the field was left before the names were there, and the country shown since. */
  const left = useRef<{ readonly query: string; readonly region: string | null } | null>(null);

  const countries = useMemo(() => (open ? listCountries(locale, served) : []), [open, locale, served]);
  const found = useMemo(() => findCountries(countries, query ?? "", names), [countries, query, names]);
  const active = Math.max(
    0,
    found.findIndex((country) => country.region === moved),
  );
  const nameOf = ({ name, callingCode }: Country) => t("phone.country.option", { country: name, callingCode });
  const current = region === null ? "" : nameOf(countryOf(region, locale));

  const turnTo = () => {
    // Where they cannot be fetched, the list is searched without them, and who turns to it again asks again.
    if (names === null) fetchNames().then(setNames, () => {});
  };
  const show = (wanted: string | null) => {
    if (!open) turnTo();
    setOpen(true);
    setQuery(wanted);
    setMoved(wanted === null ? region : null);
  };
  const close = () => {
    setOpen(false);
    setQuery(null);
  };
  const choose = (country: Country | undefined) => {
    close();
    if (country === undefined) return;
    // The field keeps the focus and its text changes by itself, of which a screen reader says nothing.
    say(nameOf(country));
    if (country.region !== region) onChoose(country.region);
  };
  const leave = () => {
    const typed = query ?? "";
    const meant = onlyMeant(found, typed, names);
    choose(meant ?? undefined);
    left.current = names === null && typed !== "" ? { query: typed, region: meant?.region ?? region } : null;
  };
  useEffect(() => {
    if (names === null || left.current === null) return;
    const { query: typed, region: since } = left.current;
    left.current = null;
    // A number may have named another country meanwhile.
    if (region !== since) return;
    choose(onlyMeant(findCountries(listCountries(locale, served), typed, names), typed, names) ?? undefined);
  });
  useEffect(() => {
    if (query === null || query === "") return;
    say(found.length === 0 ? t("phone.country.none", { query }) : t("phone.country.count", { count: found.length }));
  }, [query, found.length, say, t]);

  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE }[event.key];
    if (step !== undefined) {
      if (!open) show(null);
      else setMoved(found[Math.min(found.length - 1, Math.max(0, active + step))]?.region ?? null);
    } else if (event.key === "Enter" && open) choose(found[active]);
    else if (event.key === "Escape" && open) close();
    else return;
    event.preventDefault();
    // An open list takes Escape and Enter for itself; a dialog around it must not close, the form must not submit.
    event.stopPropagation();
  };

  const listed = open && found.length > 0;
  return (
    <div className="mfa-field mfa-country">
      <label htmlFor={id} className="mfa-label">
        {t("phone.country")}
      </label>
      <input
        ref={input}
        id={id}
        className="mfa-input"
        role="combobox"
        type="text"
        aria-autocomplete="list"
        aria-expanded={listed}
        aria-controls={listed ? `${id}list` : undefined}
        aria-activedescendant={listed ? `${id}${found[active]?.region ?? ""}` : undefined}
        // Nameless and switched off, so that an address book does not overwrite the number's country with a home country.
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="none"
        spellCheck={false}
        data-1p-ignore=""
        data-lpignore="true"
        data-form-type="other"
        value={query ?? current}
        placeholder={t(open ? "phone.country.search" : "phone.country.choose")}
        onFocus={(event) => {
          left.current = null;
          turnTo();
          event.target.select();
        }}
        onClick={() => {
          if (!open) show(null);
        }}
        onChange={(event) => {
          // Autofill names no kind of edit, or says that it replaced the text; only a person's typing searches.
          const { inputType }: Event & { inputType?: string } = event.nativeEvent;
          if (inputType && inputType !== "insertReplacementText") show(event.target.value);
        }}
        onKeyDown={press}
        onBlur={leave}
      />
      {listed ? (
        <CountryOptions
          id={id}
          label={t("phone.country")}
          countries={found}
          active={active}
          nameOf={nameOf}
          onChoose={choose}
        />
      ) : null}
      {open && !listed ? <p className="mfa-hint">{t("phone.country.none", { query: query ?? "" })}</p> : null}
    </div>
  );
}
