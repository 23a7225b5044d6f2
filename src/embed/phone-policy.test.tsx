// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { scriptBff, view } from "./scripted-bff.ts";
import { visit } from "./visit.tsx";

test("the countries that the service names are the ones to choose from", async () => {
  const kinds = ["mobile"] as const;
  const bff = scriptBff(
    view({ phonePolicy: { sms: { countries: ["DE", "FR"], kinds }, voice: { countries: [], kinds } } }),
  );
  const { person } = visit(bff, { defaultRegion: "FR" });
  await person.click(await screen.findByRole("button", { name: "Add a method" }));
  await person.click(await screen.findByRole("radio", { name: "Text message" }));
  await person.click(await screen.findByRole("button", { name: "Continue" }));
  await person.click(await screen.findByRole("combobox", { name: "Country or region" }));
  expect(screen.getAllByRole("option").map(({ textContent }) => textContent)).toEqual(["France, +33", "Germany, +49"]);
  expect(bff.sent()).toEqual([]);
});
