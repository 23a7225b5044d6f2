import { useState } from "react";

const CHOICES = [
  { value: "", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

/** Lets a presenter choose light or dark by the attribute that hosts use for it. */
export function Appearance() {
  const [theme, setTheme] = useState(document.documentElement.dataset["theme"] ?? "");
  const choose = (value: string): void => {
    setTheme(value);
    show(value);
  };
  return (
    <fieldset className="demo-choices">
      <legend className="demo-hidden">Appearance</legend>
      {CHOICES.map(({ value, label }) => (
        <label key={label}>
          <input type="radio" name="demo-appearance" checked={theme === value} onChange={() => choose(value)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

function show(theme: string): void {
  if (theme === "") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.setAttribute("data-theme", theme);
}
