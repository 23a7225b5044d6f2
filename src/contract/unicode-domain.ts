/* Writes domains as people read them. Platforms turn Unicode into ASCII (`new URL`) and not back, so RFC 3492 is here. */

/** RFC 3492 section 5: the parameters of Punycode. */
const BASE = 36;
const [T_MIN, T_MAX, SKEW, DAMP, FIRST_BIAS, FIRST_POINT] = [1, 26, 38, 700, 72, 128];

/** Returns an ASCII domain with its letters (`müller.example` for `xn--mller-kva.example`), or as it is where that is not its one form. */
export function toUnicodeDomain(domain: string): string {
  const labels = domain.split(".").map((label) => (label.startsWith("xn--") ? decode(label.slice(4)) : label));
  const written = labels.join(".");
  const address = `http://${written}`;
  return !labels.includes(null) && URL.canParse(address) && new URL(address).hostname === domain ? written : domain;
}

/** Decodes one label without its `xn--`; null for what is not Punycode. */
function decode(label: string): string | null {
  const basic = label.lastIndexOf("-");
  const points = Array.from(basic > 0 ? label.slice(0, basic) : "", (letter) => letter.charCodeAt(0));
  let [at, point, bias, place] = [basic > 0 ? basic + 1 : 0, FIRST_POINT, FIRST_BIAS, 0];
  while (at < label.length) {
    const start = place;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      const digit = Number.parseInt(label.charAt(at), BASE);
      at++;
      if (Number.isNaN(digit)) return null;
      // Punycode counts a to z before 0 to 9.
      const value = digit < 10 ? digit + 26 : digit - 10;
      place += value * weight;
      const threshold = Math.min(T_MAX, Math.max(T_MIN, k - bias));
      if (value < threshold) break;
      weight *= BASE - threshold;
    }
    bias = adapt(place - start, points.length + 1, start === 0);
    point += Math.floor(place / (points.length + 1));
    place %= points.length + 1;
    if (point > 0x10ffff) return null;
    points.splice(place, 0, point);
    place++;
  }
  return String.fromCodePoint(...points);
}

function adapt(delta: number, count: number, isFirst: boolean): number {
  let rest = isFirst ? Math.floor(delta / DAMP) : Math.floor(delta / 2);
  rest += Math.floor(rest / count);
  let k = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
