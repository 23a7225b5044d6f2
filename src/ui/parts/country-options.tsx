import { useEffect, useRef } from "react";
import type { Country } from "../phone/countries.ts";

/** Describes the open list of countries below its combobox. */
export type CountryOptionsProps = {
  /** The combobox's id; the list and the options derive theirs from it. */
  readonly id: string;
  readonly label: string;
  readonly countries: readonly Country[];
  readonly active: number;
  readonly nameOf: (country: Country) => string;
  readonly onChoose: (country: Country) => void;
};

/** Renders the options of a country list and keeps the active one in view. The focus stays in the combobox. */
export function CountryOptions({ id, label, countries, active, nameOf, onChoose }: CountryOptionsProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const option = list.current?.children[active];
    if (list.current === null || !(option instanceof HTMLElement)) return;
    // By hand, because scrollIntoView would also scroll the host's page.
    const { offsetTop, offsetHeight } = option;
    const { scrollTop, clientHeight } = list.current;
    if (offsetTop < scrollTop) list.current.scrollTop = offsetTop;
    else if (offsetTop + offsetHeight > scrollTop + clientHeight)
      list.current.scrollTop = offsetTop + offsetHeight - clientHeight;
  }, [active, countries]);
  return (
    // A press must not take the focus from the combobox, which would close the list before the choice counts.
    <ul
      ref={list}
      id={`${id}list`}
      className="mfa-options"
      role="listbox"
      aria-label={label}
      onMouseDown={(event) => event.preventDefault()}
    >
      {countries.map((country, at) => (
        <li
          key={country.region}
          id={`${id}${country.region}`}
          className="mfa-option"
          role="option"
          aria-selected={at === active}
          onClick={() => onChoose(country)}
        >
          {nameOf(country)}
        </li>
      ))}
    </ul>
  );
}
