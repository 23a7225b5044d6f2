import type { Page } from "../journeys/page.tsx";
import type { VirtualTime } from "../journeys/virtual-time.ts";
import type { OutboxMessage } from "../simulator/outbox.ts";
import { channelOf, isDone, isOutOfMessages } from "./goal.ts";
import { type Mind, newMind } from "./mind.ts";
import type { Errand } from "./schedule.ts";
import { choose, field, look, press, type Sight, write } from "./screen.ts";
import { usableCode } from "./usable-code.ts";

/** A person at a page. */
export type Person = {
  readonly mind: Mind;
  /** Does the one thing the screen suggests. Tells whether they are through, or have given up. */
  readonly step: () => Promise<"on" | "through" | "gave up">;
};

const PASSWORD = "Enroll-Demo-1";
const SENDS =
  /^(Text me a code|Call me with a code|Email me a code|Send another (text|email|code)|Call again|Send code)$/;
/** A person who was stopped this often goes away. */
const PATIENCE = 6;

/** Creates a person who reads the screen and does what it offers. */
export function createPerson(options: {
  readonly errand: Errand;
  readonly time: VirtualTime;
  readonly page: () => Page;
  readonly inbox: () => readonly OutboxMessage[];
  readonly onLook: (sight: Sight, mind: Mind) => void;
}): Person {
  const { errand, time, page, inbox, onLook } = options;
  const mind = newMind(errand);
  const { email } = mind;
  const container = () => page().container;

  /** Presses a button; a message is asked for once, however often it is pressed. */
  const tap = (name: string | RegExp, sends = false): boolean => {
    const done = press(container(), name, mind.pressesTwiceNext ? 2 : 1);
    if (done && (sends || (typeof name === "string" && SENDS.test(name)))) mind.asked += 1;
    if (done) mind.pressesTwiceNext = false;
    return done;
  };
  const fill = (label: string, text: string): boolean => {
    const input = field(container(), label);
    if (input === null) return false;
    if (input.value !== text) write(input, text);
    return true;
  };
  const wait = (ms: number) => time.advance(ms);

  /** Lets time pass until something is over that the person can only wait for. */
  async function passing(work: Promise<void>): Promise<void> {
    const state = { isOver: false };
    const over = () => {
      state.isOver = true;
    };
    work.then(over, over);
    await time.settle();
    while (!state.isOver) await wait(1_000);
    return work;
  }

  async function handIn(from: string | null, screen: Sight): Promise<void> {
    const code = usableCode(screen, mind, { messages: inbox(), from });
    if (code === undefined || screen.text.includes("This code has ended")) {
      const again = screen.buttons.find((name) => /^(Send another (text|email)|Call again)$/.test(name));
      if ((again === undefined || !tap(again)) && !tap("Confirm it’s you")) await wait(5_000);
      return;
    }
    const typed = mind.mistypesNext ? "000000" : code;
    mind.mistypesNext = false;
    if (field(container(), "Six-digit code")?.value === typed) {
      if (tap("Confirm")) mind.handedIn.push(typed);
      return;
    }
    mind.handedIn.push(typed);
    fill("Six-digit code", typed);
  }

  async function giveContact(label: "Phone number" | "Email address"): Promise<void> {
    const input = field(container(), label);
    if (input === null) return;
    const has = input.value.replaceAll(/[^\d@.a-z]/g, "");
    const wanted = mind.contact.replaceAll(/[^\d@.a-z]/g, "");
    const stands = has !== "" && (wanted.endsWith(has) || has.endsWith(wanted));
    if (mind.hasTyped && !stands) mind.retyped += 1;
    if (!stands) write(input, mind.contact);
    mind.hasTyped = true;
    await time.settle();
    tap(/^(Text me a code|Call me with a code|Email me a code)$/, true);
  }

  async function atThePanel(sight: Sight): Promise<"on" | "through"> {
    mind.wasSignedIn = true;
    if (sight.text.includes("Got lost on its way")) mind.toldOfLoss = true;
    if (tap("Go on") || tap("Show and save it")) return "on";
    if (!mind.mayNotRenew && tap("Get a new one")) return "on";
    if (isDone(errand, sight)) return "through";
    // Neither a list nor a word that there is none: who wants to know loads the page again.
    if (sight.methods === null && !/no sign-in methods yet|Confirm it’s you/.test(sight.text)) {
      await page().reload();
      return "on";
    }
    if (errand.goal === "remove") {
      if (!tap(/^Remove /)) tap("Confirm it’s you");
    } else if (errand.goal === "replace") {
      // Where the new one is there already, the old one could not be removed: that is left to do.
      if (!tap(sight.methods?.join().includes("0149") ? /^Remove .*0123/ : /^Replace /)) tap("Confirm it’s you");
      mind.hasTyped = false;
    } else {
      tap("Add a method");
      mind.hasTyped = false;
    }
    return "on";
  }

  async function prove(sight: Sight): Promise<void> {
    if (field(container(), "Password") !== null) {
      fill("Password", PASSWORD);
      await time.settle();
      tap("Continue");
    } else if (!tap("Continue to sign in") && !tap("Send code")) {
      if (sight.buttons.includes("Continue")) choose(container(), "Text message");
      await time.settle();
      if (!tap("Send code")) await wait(1_000);
    }
  }

  function withoutCode({ text }: Sight): void {
    mind.toldOfLoss = true;
    if (/Too many requests|We don’t know whether a new recovery code was made/.test(text)) mind.mayNotRenew = true;
    const putsOff = mind.putsOffNext || mind.mayNotRenew;
    mind.putsOffNext = false;
    if ((putsOff && tap("Not now")) || tap("Get a new recovery code")) return;
    tap("I understand");
  }

  async function stopped(sight: Sight): Promise<"on" | "gave up"> {
    mind.stops += 1;
    if (mind.stops > PATIENCE) return "gave up";
    if (tap("Try again") || tap("Start again")) return "on";
    if (sight.heading === "Locked for a while") return "gave up";
    tap("Close");
    return "on";
  }

  async function act(sight: Sight): Promise<"on" | "through" | "gave up"> {
    const { heading, text } = sight;
    if (page().leavingFor() !== null) {
      const before = inbox().length;
      await passing(page().follow({ username: email })).catch(() => page().reload());
      // The tenant's own page sends a code to whoever has a method.
      mind.asked += inbox().length - before;
      return "on";
    }
    if (sight.isBusy || sight.isLoading) {
      await wait(1_000);
      return "on";
    }
    if (text.includes("Nothing you entered is lost") || heading === "We can’t reach the service") {
      await wait(2_000);
      tap("Try again");
      return "on";
    }
    // A method that was to be replaced is known to the next sign-in by another name: the person begins anew.
    if (/That method isn’t there any more|This number is already one of your/.test(text) && tap("Cancel")) return "on";
    if (isOutOfMessages(sight)) {
      mind.stops += 1;
      if (mind.stops > PATIENCE) return "gave up";
    }
    switch (heading) {
      case "Sign-in methods":
        return atThePanel(sight);
      case "Sign in to see your sign-in methods":
      case "Please sign in again":
        if (errand.way === "redirect" || field(container(), "Password") === null) {
          if (!tap("Use the sign-in page instead")) tap("Sign in");
        } else {
          fill("Email or username", email);
          fill("Password", PASSWORD);
          await time.settle();
          tap("Sign in");
        }
        return "on";
      case "How should we check it’s you?":
        choose(container(), channelOf(errand));
        await time.settle();
        tap("Continue");
        return "on";
      case "Which number should we text?":
      case "Which number should we call?":
        await giveContact("Phone number");
        return "on";
      case "Which address should we write to?":
        await giveContact("Email address");
        return "on";
      case "Enter the code we texted":
      case "Enter the code from the call":
      case "Enter the code we emailed":
        await handIn(mind.contact, sight);
        return "on";
      case "Enter the code to confirm it’s you":
        await handIn(null, sight);
        return "on";
      case "Send another code?":
        if (!tap("Send another code")) tap("Confirm it’s you");
        return "on";
      case "Sending your code…":
      case "Checking your code…":
        return wait(2_000).then(() => "on");
      case "Confirm it’s you":
        await prove(sight);
        return "on";
      case "Save your recovery code":
        if (sight.recoveryCodes.length === 0) {
          if (!tap("Try again")) await wait(1_000);
          return "on";
        }
        choose(container(), "I have saved it");
        await time.settle();
        if (tap("Done")) mind.saved.push(...sight.recoveryCodes);
        return "on";
      case "You’re all set":
        tap("Done");
        return "on";
      case "Your method is on, but there’s no recovery code":
        withoutCode(sight);
        return "on";
      case "This went on in another tab":
        tap("Go on here");
        return "on";
      default:
        return heading.startsWith("Remove ") && tap("Remove") ? "on" : stopped(sight);
    }
  }

  return {
    mind,
    async step() {
      const sight = look(container());
      onLook(sight, mind);
      const outcome = await act(sight);
      await time.settle();
      onLook(look(container()), mind);
      await wait(1_000);
      return outcome;
    },
  };
}
