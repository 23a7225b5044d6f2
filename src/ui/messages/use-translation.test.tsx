// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ENGLISH, type Translation } from "./messages.ts";
import { useTranslation } from "./use-translation.ts";

const GERMAN: Translation = { ...ENGLISH, locale: "de" };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A line on which the German sentences come when the test says so. */
function slowLine() {
  let come: (translation: Translation) => void = () => {};
  const load = () =>
    new Promise<Translation>((resolve) => {
      come = resolve;
    });
  return { load, come: () => come(GERMAN) };
}

test("somebody whose language takes too long reads English, and their own language once it comes", async () => {
  const { load, come } = slowLine();
  const { result } = renderHook(() => useTranslation("de", load));
  expect(result.current).toBeNull();
  await act(() => vi.advanceTimersByTimeAsync(4_000));
  expect(result.current?.locale).toBe("en");
  await act(async () => come());
  expect(result.current?.locale).toBe("de");
});

test("somebody whose language comes in time never reads English", async () => {
  const { load, come } = slowLine();
  const { result } = renderHook(() => useTranslation("de", load));
  await act(async () => come());
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(result.current?.locale).toBe("de");
});

test("somebody whose language cannot be fetched reads English", async () => {
  const { result } = renderHook(() => useTranslation("de", () => Promise.reject(new Error("No line."))));
  await act(async () => {});
  expect(result.current?.locale).toBe("en");
});
