import { expect, it } from "vitest";
import { judgeRecoveryEnd } from "./recovery-end.ts";

const CODES = ["F6LQ55GFYKB2HDYYVJEURUO1"];

it.each(["RUO1", "ruo1", " RU O1 ", "ru-o1", "RU01", "RUOl", "ruoi", "VJEU RUO1", "F6LQ 55GF YKB2 HDYY VJEU RUO1"])(
  "the end of the code is seen in %j",
  (typed) => expect(judgeRecoveryEnd(typed, CODES)).toBeNull(),
);

it.each(["UO1", "F6LQ", "RUO2", "XF6LQ55GFYKB2HDYYVJEURUO1", "1234", "12345"])(
  "%j is not the end of the code",
  (typed) => expect(judgeRecoveryEnd(typed, CODES)).toBe("wrong"),
);

it("somebody who types the code of a text is told what is asked for", () => {
  expect(judgeRecoveryEnd("123 456", CODES)).toBe("six_digits");
  expect(judgeRecoveryEnd("123456", ["F6LQ55GFYKB2HDYYVJ123456"])).toBeNull();
});

it.each(["", " ", "-"])("nothing is typed in %j", (typed) => expect(judgeRecoveryEnd(typed, CODES)).toBe("empty"));
