import fc from "fast-check";
import { type Category, onSocket } from "./category.ts";
import { scenes } from "./scenes.ts";

/*
 * Bodies whose end is in doubt: too long, never there, or told in two ways.
 */

const onWire = { scenes: [scenes.start, scenes.confirm], rare: 12 };

/** The end of the head, and the first byte of the body. */
const END = "\r\n\r\n";
const headOf = (plain: string) => plain.slice(0, plain.indexOf(END));
const contentOf = (plain: string) => plain.slice(plain.indexOf(END) + END.length);
const chunked = (plain: string) => headOf(plain).replace(/content-length: \d+/, "transfer-encoding: chunked") + END;
const lengthOf = (change: (length: number) => string) => (plain: string) =>
  plain.replace(/content-length: (\d+)/, (_, length) => change(Number(length)));

/** Lists the categories of lengths that only a socket can tell. */
export const bodyLengths: readonly Category[] = [
  onSocket("chunks without an end", onWire, fc.constantFrom(512, 1_024, 4_096), (size, plain) => [
    chunked(plain),
    ...Array.from({ length: 40 }, () => `${size.toString(16)}\r\n${" ".repeat(size)}\r\n`),
  ]),
  onSocket("a body that comes drop by drop and stops", onWire, fc.integer({ min: 1, max: 20 }), (drops, plain) => [
    headOf(plain) + END,
    ...contentOf(plain).slice(0, drops),
  ]),
  onSocket("a length that is too great", onWire, fc.constantFrom(1, 100, 4_000, 1e9, 1e20), (more, plain) =>
    lengthOf((length) => `content-length: ${length + more}`)(plain),
  ),
  onSocket(
    "a length that is too small, doubted or contradicted",
    onWire,
    fc.constantFrom<(plain: string) => string>(
      lengthOf((length) => `content-length: ${length - 5}`),
      lengthOf((length) => `content-length: ${length}\r\ncontent-length: ${length - 1}`),
      lengthOf((length) => `content-length: ${length}\r\ntransfer-encoding: chunked`),
      lengthOf((length) => `content-length: +${length}`),
      lengthOf((length) => `content-length: 0x${length.toString(16)}`),
      lengthOf(() => "content-length: -1"),
      lengthOf(() => "transfer-encoding: xchunked"),
      lengthOf(() => "transfer-encoding: chunked, identity"),
    ),
    (change, plain) => change(plain),
  ),
  onSocket("a long body in small chunks", onWire, fc.constantFrom(1, 2, 7), (size, plain) => [
    chunked(plain) + `${size.toString(16)}\r\n${" ".repeat(size)}\r\n`.repeat(Math.ceil(4_200 / size)),
  ]),
];
