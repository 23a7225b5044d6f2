import { EventEmitter, once } from "node:events";
import { expect, it } from "vitest";
import type { Notice } from "../bff/notices.ts";
import { createDeliveries } from "./deliveries.ts";

const NOTICE: Notice = {
  id: "one-added",
  type: "added",
  channels: ["sms"],
  contact: null,
  at: 0,
  to: ["robin@example.com"],
  notYouUrl: "http://localhost:4300",
};

it("those that have ended take a notice and deliver nothing", async () => {
  const delivered: Notice[] = [];
  const { notify, end } = createDeliveries(async (notice) => void delivered.push(notice));
  await notify(NOTICE);
  await end();
  await notify(NOTICE);
  expect(delivered).toEqual([NOTICE]);
});

it.each(["arrives", "fails"])("they have not ended before one that is under way %s", async (how) => {
  const held = new EventEmitter();
  const { notify, end } = createDeliveries(async () => {
    await once(held, "arrives");
  });
  const order: string[] = [];
  const over = (what: string) => () => void order.push(what);
  const delivery = notify(NOTICE).then(over("arrives"), over("fails"));
  const ended = end().then(over("ended"));
  held.emit(how === "arrives" ? how : "error", new Error("The mail server is down."));
  await Promise.all([delivery, ended]);
  expect(order).toEqual([how, "ended"]);
});
