/** What networks and budgets count in. */
const KILOBYTE = 1000;

/** Prints sizes beside their budgets, both gzip: `bytes` and kilobytes. Tells whether all fit. */
export function printSizes(sizes) {
  let fits = true;
  for (const { what, bytes, budget } of sizes) {
    const isWithin = bytes <= budget * KILOBYTE;
    fits &&= isWithin;
    console.log(`${isWithin ? "✓" : "✗"} ${what}: ${(bytes / KILOBYTE).toFixed(2)} kB gzip of ${budget} kB`);
  }
  return fits;
}
