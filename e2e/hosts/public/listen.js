// Keeps what the page hears, in the order in which it came.
window.heard = [];
for (const name of ["mfa-enrolled", "mfa-removed", "mfa-stopped", "mfa-close"])
  addEventListener(name, ({ type, detail }) => window.heard.push(detail === null ? [type] : [type, detail]));
