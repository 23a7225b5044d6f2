import { type Scenario, startProven, startSignedIn, startWithText } from "./scenario.ts";

/** Messages that are refused, or never arrive. */
export const SENDS: readonly Scenario[] = [
  {
    name: "too-many-texts",
    title: "All texts of this hour are used up.",
    todo: "Add a method, choose Text message, enter +12025550142 and ask for the code.",
    expect: "“Too many texts. You can ask again at …, or use another method.”",
    async set({ visitor }) {
      await visitor.signIn("robin@example.com");
      for (const last of [1, 2, 3, 4, 5]) await visitor.askForText(`+1202555011${last}`);
      await visitor.cancel();
    },
  },
  {
    name: "no-more-resends",
    title: "The last text for this number is on its way.",
    todo: "Look below the code.",
    expect: "“No more can be sent for now.” The code on the phone still works.",
    async set({ visitor, clock }) {
      await startWithText({ visitor });
      for (const seconds of [31, 61, 121]) {
        clock.later(seconds);
        await visitor.resend();
      }
    },
  },
  {
    name: "too-many-texts-at-the-tenant",
    title: "The tenant has counted more texts than the page knows of.",
    todo: "Add a method, choose Text message, enter +12025550192 and ask for the code.",
    expect: "“Too many texts. You can ask again at …, or use another method.”",
    set: startSignedIn,
  },
  {
    name: "number-refused",
    title: "The tenant’s carrier does not take the number.",
    todo: "Add a method, choose Text message, enter +12025550190 and ask for the code.",
    expect: "“This number was refused. Check it, or use another one.” The number stays in the field.",
    set: startSignedIn,
  },
  {
    name: "landline",
    title: "Somebody enters a landline, which gets no texts.",
    todo: "Add a method, choose Text message, enter +493023125000 and ask for the code.",
    expect:
      "“This looks like a landline in Germany, which can’t get texts. Shall we call it instead?” One button does it.",
    set: startSignedIn,
  },
  {
    name: "text-never-arrives",
    title: "The text is taken and never arrives.",
    todo: "Wait for half a minute or press “30 seconds later”. Then change the number to +12025550142.",
    expect:
      "“Didn’t get it?” says what may be wrong, and “Send another text” is there. To the other number it arrives.",
    laterSeconds: 30,
    async set({ visitor }) {
      await visitor.signIn("robin@example.com");
      await visitor.askForText("+12025550191");
    },
  },
  {
    name: "method-limit",
    title: "The account has as many methods as the tenant allows.",
    todo: "Add a method, choose Text message, enter +12025550142 and ask for the code.",
    expect: "“No more methods can be added”",
    async set({ tenant, visitor }) {
      tenant.settings.entityLimit = 1;
      await startProven({ visitor });
    },
  },
];
