import { collect, NUMBER, signIn, toTheCode } from "./telling.ts";

/** What is heard when something on the way goes wrong. */
export const trouble = collect();
const { journey } = trouble;

/** True while the device has no connection. */
let isAway = false;

journey("locked", "someone whom the tenant has locked", async (told) => {
  await signIn(told, "jules@example.com");
  await told.ears.does("Asks for a code by text.", () => told.screen.askForCode("sms", NUMBER));
  await told.ears.type("Six-digit code", told.story.newestCode(), { as: "the code" });
  await told.ears.readOn();
});

journey("service-down", "someone whose code cannot be sent or checked, because the service is down", async (told) => {
  const strike = (route: string) =>
    told.story.stack.simulator.faults.add({
      route,
      nth: 1,
      phase: "before",
      action: { type: "status", status: 503 },
    });
  await signIn(told, "robin@example.com");
  strike("POST /mfa/associate");
  await told.ears.does("Asks for a code by text.", () => told.screen.askForCode("sms", NUMBER));
  await told.ears.readOn();
  await told.ears.wait(30);
  await told.ears.press("Send another code");
  strike("POST /oauth/token mfa-oob");
  await told.ears.type("Six-digit code", told.story.newestCode(), { as: "the code" });
  await told.ears.press("Try again");
});

journey(
  "offline",
  "someone goes through a tunnel with a code half typed",
  async (told) => {
    const { ears } = told;
    const tunnel = (away: boolean) => async () => {
      isAway = away;
      Object.defineProperty(navigator, "onLine", { get: () => !away, configurable: true });
      window.dispatchEvent(new Event(away ? "offline" : "online"));
      await told.story.time.settle();
    };
    await toTheCode(told);
    await ears.does("Goes into a tunnel.", tunnel(true));
    await ears.type("Six-digit code", told.story.newestCode(), { as: "the code" });
    await ears.readOn();
    await ears.does("Comes out of the tunnel.", tunnel(false));
    await ears.press("Try again");
  },
  { wire: (request, send) => (isAway ? Promise.reject(new TypeError("There is no connection.")) : send(request)) },
);
