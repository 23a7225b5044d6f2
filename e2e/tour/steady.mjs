/*
 * Loaded before the demo's server while the tour is recorded: its clock stands still and its random bytes are the same each
 * time, so that the picture changes only when what it shows has changed. Nobody else may run a server this way.
 */
const NOW = Number(process.env.TOUR_NOW);

globalThis.Date = class extends Date {
  constructor(...given) {
    super(...(given.length === 0 ? [NOW] : given));
  }
  static now() {
    return NOW;
  }
};

/** Mulberry32: thirty-two bits of state are enough for bytes that only have to look random. */
let state = 1;
function nextByte() {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (mixed ^ (mixed >>> 14)) & 0xff;
}

Object.defineProperty(globalThis.crypto, "getRandomValues", {
  value(array) {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let place = 0; place < bytes.length; place += 1) bytes[place] = nextByte();
    return array;
  },
});
