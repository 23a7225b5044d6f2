import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import type { ChannelPolicy } from "../../contract/phone-policy.ts";
import { useMessages } from "../messages/messages.ts";
import { type Country, countryOf, findCountries, listCountries, onlyMeant } from "../phone/countries.ts";
import { CountryOptions } from "./country-options.tsx";
import { useSay } from "./saying.tsx";

/** Describes the country list of a phone field. */
export type CountryListProps = {
  /** The country shown, which a number may have named though it is not served. */
  readonly region: string | null;
  /** The countries to choose from. */
  readonly served: ChannelPolicy["countries"];
  readonly onChoose: (region: string) => void;
};

/** Page Up and Page Down move by what fits on a small screen. */
const PAGE = 6;

/**
 * Renders the country of a number as an editable combobox with a list (WAI-ARIA APG): one tab stop that is searched by
 * name, ISO code or calling code. The options exist only while the list is open.
 */
export function CountryList({ region, served, onChoose }: CountryListProps) {
  const { t, locale } = useMessages();
  const say = useSay();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  /** Null while the chosen country is shown, else what is being searched for. */
  const [query, setQuery] = useState<string | null>(null);
  const [active, setActive] = useState(0);

  const countries = useMemo(() => (open ? listCountries(locale, served) : []), [open, locale, served]);
  const found = useMemo(() => findCountries(countries, query ?? ""), [countries, query]);
  const nameOf = ({ name, callingCode }: Country) => t("phone.country.option", { country: name, callingCode });
  const current = region === null ? "" : nameOf(countryOf(region, locale));

  const show = (wanted: string | null) => {
    setOpen(true);
    setQuery(wanted);
    const at = wanted === null ? listCountries(locale, served).findIndex((country) => country.region === region) : 0;
    setActive(Math.max(0, at));
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
  useEffect(() => {
    if (query === null || query === "") return;
    say(found.length === 0 ? t("phone.country.none", { query }) : t("phone.country.count", { count: found.length }));
  }, [query, found.length, say, t]);

  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE }[event.key];
    if (step !== undefined) {
      if (!open) show(null);
      else setActive(Math.min(found.length - 1, Math.max(0, active + step)));
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
        onFocus={(event) => event.target.select()}
        onClick={() => {
          if (!open) show(null);
        }}
        onChange={(event) => {
          // Autofill names no kind of edit, or says that it replaced the text; only a person's typing searches.
          const { inputType }: Event & { inputType?: string } = event.nativeEvent;
          if (inputType && inputType !== "insertReplacementText") show(event.target.value);
        }}
        onKeyDown={press}
        onBlur={() => choose(onlyMeant(found, query ?? "") ?? undefined)}
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
