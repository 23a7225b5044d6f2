import { expect, test, vi } from "vitest";
import { createDeferred } from "./deferred.ts";
import type { Engine } from "./engine.ts";
import { createEngine } from "./engine.ts";

function engineThatNotes(done: string[]): Engine {
  const nothing = () => Promise.reject(new Error("Nothing is sent here."));
  const client = {
    session: nothing,
    signIn: nothing,
    signOut: nothing,
    start: nothing,
    contact: nothing,
    resend: nothing,
    confirm: nothing,
    cancel: nothing,
    recoveryCode: nothing,
    acknowledge: nothing,
    renewRecoveryCode: nothing,
    endOtherSessions: nothing,
    remove: nothing,
    challenge: nothing,
    verify: nothing,
  };
  return createEngine({
    client,
    newKey: () => "key",
    navigate: () => {},
    returnTo: () => "/",
    state: () => ({ step: "stopped", why: { code: "nothing_offered" }, on: null }),
    known: () => ({ view: null, at: 0 }),
    serverNow: () => 0,
    know: () => {},
    show: () => {},
    changed: ({ after }) => done.push(after.step),
    readSession: () => {},
    queryClient: undefined,
    instance: "one",
    service: "/api/mfa",
  });
}

test("a button pressed before the rules have arrived works when they have", async () => {
  const done: string[] = [];
  const deferred = createDeferred(
    async () => engineThatNotes(done),
    () => {},
  );
  deferred.commands.close();
  expect(done).toEqual([]);
  await vi.waitFor(() => expect(done).toEqual(["closed"]));
});

test("rules that could not be fetched are said to be missing, and are fetched again with the next press", async () => {
  const done: string[] = [];
  const isMissing = vi.fn<(missing: boolean) => void>();
  const load = vi
    .fn<() => Promise<Engine>>()
    .mockRejectedValueOnce(new TypeError("offline"))
    .mockResolvedValueOnce(engineThatNotes(done));
  const deferred = createDeferred(load, isMissing);
  deferred.commands.close();
  await vi.waitFor(() => expect(isMissing).toHaveBeenLastCalledWith(true));
  deferred.commands.close();
  await vi.waitFor(() => expect(done).toEqual(["closed"]));
  expect(isMissing).toHaveBeenLastCalledWith(false);
});
