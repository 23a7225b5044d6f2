// Keeps which element told the page something.
window.tellers = [];
for (const name of ["mfa-enrolled", "mfa-removed", "mfa-stopped", "mfa-close"])
  addEventListener(name, ({ type, target }) => window.tellers.push([target.id, type]));
