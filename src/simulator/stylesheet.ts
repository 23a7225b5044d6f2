/** Dresses the tenant's own pages: one column, readable at 320 px, light and dark. */
export const STYLESHEET = `
:root { color-scheme: light dark; --ink: #1b1b1f; --paper: #ffffff; --ground: #eef0f4; --line: #6d7280; --act: #2a4bb8; --on-act: #ffffff; --bad: #a3151f; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececf1; --paper: #1d1f25; --ground: #121317; --line: #8d93a1; --act: #a9bdff; --on-act: #10142b; --bad: #ffb3b0; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 400px; margin: 8vh auto; padding: 24px; background: var(--paper); border-radius: 12px; }
@media (max-width: 440px) { main { margin: 0; min-height: 100vh; border-radius: 0; } }
h1 { margin: 0 0 16px; font-size: 22px; line-height: 1.3; }
form { margin: 16px 0 0; }
label { display: block; margin: 12px 0 4px; font-weight: 600; }
input { width: 100%; min-height: 44px; padding: 8px 12px; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 8px; }
button { width: 100%; min-height: 44px; margin-top: 12px; font: inherit; font-weight: 600; color: var(--on-act); background: var(--act); border: 1px solid var(--act); border-radius: 8px; cursor: pointer; }
button.quiet { color: var(--act); background: transparent; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
.refused { color: var(--bad); font-weight: 600; }
code { display: block; padding: 12px; font: 18px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; border: 1px solid var(--line); border-radius: 8px; }
`;
