/*
 * Gives Node's own buffers back to a process in which a simulated browser has put its own in their place: the servers run in
 * the same process, and their ciphers know only Node's.
 */
const bytes = Buffer.alloc(0);

Object.assign(globalThis, {
  ArrayBuffer: bytes.buffer.constructor,
  Uint8Array: Object.getPrototypeOf(Buffer.prototype).constructor,
});
