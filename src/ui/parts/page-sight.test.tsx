// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import { useLayoutEffect } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { useWasOutOfSight } from "./page-sight.ts";

afterEach(() => vi.restoreAllMocks());

test("a page that goes out of sight between its picture and the listening counts as having been away", () => {
  function Secret() {
    const { wasAway } = useWasOutOfSight(true);
    // After the picture is in the page, and before anything listens.
    useLayoutEffect(() => {
      vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
      document.dispatchEvent(new Event("visibilitychange"));
    }, []);
    return <p>{wasAway ? "hidden" : "shown"}</p>;
  }
  render(<Secret />);
  expect(screen.getByText("hidden")).toBeDefined();
});
