/*
 * What somebody's pages may write with the package: every option, every piece of news, every command and every step. It is compiled and
 * never run. A line below `@ts-expect-error` must not compile.
 */
import { QueryClient } from "@tanstack/react-query";
import { MfaEnrollmentElement, MfaSettingsElement } from "mfa-enroll/element";
import {
  type Authenticator,
  type Commands,
  type Enrollment,
  type EnrollmentOptions,
  type MessageChannel,
  type Problem,
  type StateOf,
  type Step,
  useEnrollment,
} from "mfa-enroll/headless";
import {
  type Catalogue,
  type Channel,
  MfaEnrollment,
  type MfaOptions,
  MfaSettings,
  type News,
  type SessionView,
} from "mfa-enroll/react";

declare const view: SessionView;

const news: Required<News> = {
  onEnrolled: ({ channel, replaced }) => console.log(channel satisfies Channel, replaced satisfies boolean),
  onRemoved: ({ channels }) => console.log(channels satisfies readonly Channel[]),
  onStopped: ({ code }) => console.log(code satisfies string),
  onClose: () => console.log("closed"),
};

const service = {
  baseUrl: "/auth/mfa",
  navigate: (location: string) => location.trim(),
  reload: () => {},
  returnTo: "/settings?tab=security",
  fetch: (url: string, init: RequestInit): Promise<Response> => globalThis.fetch(url, init),
  now: () => Date.now(),
  queryClient: new QueryClient(),
  initialView: view,
};

// An option that is added is missing here, and one that goes is too many.
const every: Required<MfaOptions> = {
  ...news,
  ...service,
  locale: "de",
  overrides: { "panel.heading": "Anmeldung" } satisfies Partial<Catalogue>,
  defaultRegion: "DE",
  defaultEmail: "river@mail.example",
  siteName: "Larkmoor Savings",
  accountName: "a•••@mail.example",
  hidesRecoveryCode: true,
  asksRecoveryCodeBack: false,
  devices: undefined,
};
export const pages = [<MfaSettings />, <MfaSettings {...every} />, <MfaEnrollment {...every} />];

// @ts-expect-error A locale is text.
export const wrongLocale = <MfaSettings locale={1} />;
// @ts-expect-error There is no such option.
export const wrongOption = <MfaSettings onDone={() => {}} />;
// @ts-expect-error There is no such sentence.
export const wrongSentence = <MfaSettings overrides={{ "no.such.sentence": "" }} />;
// @ts-expect-error News of a removal names no single channel.
export const wrongNews = <MfaSettings onRemoved={({ channel }) => channel} />;
// @ts-expect-error A session is what the service says it is.
export const wrongView = <MfaEnrollment initialView={{ person: "river" }} />;

// The elements.
for (const element of [new MfaSettingsElement(), new MfaEnrollmentElement()]) {
  element satisfies HTMLElement;
  element.options = every;
  element.options satisfies MfaOptions;
  element.addEventListener("mfa-enrolled", (event) => {
    // What the page is told is what the option of that name is told.
    if (event instanceof CustomEvent) news.onEnrolled?.(event.detail);
  });
  // @ts-expect-error An element takes the options that the component takes.
  element.options = { locale: 1 };
}

// Screens of the host's own.
const own: Required<EnrollmentOptions> = { ...news, ...service, opens: true };
// @ts-expect-error What is drawn by the host is spoken by the host.
export const wrongOwn: EnrollmentOptions = { locale: "de" };

declare const method: Authenticator;
const phone: MessageChannel = "sms";

// A command that is added is missing here, and one that goes is too many.
export const commanded: { [Name in keyof Commands]: (commands: Commands) => unknown } = {
  openChannels: (commands) => commands.openChannels(),
  chooseChannel: (commands) => commands.chooseChannel(phone, method.id),
  replace: (commands) => commands.replace(method),
  start: (commands) => commands.start({ channel: phone, contact: "+12025550142" }),
  leaveContact: (commands) => commands.leaveContact("+1202"),
  resend: (commands) => commands.resend(),
  switchChannel: (commands) => commands.switchChannel("voice"),
  changeContact: (commands) => commands.changeContact(),
  confirm: (commands) => commands.confirm("123456"),
  cancel: (commands) => commands.cancel(),
  close: (commands) => commands.close(),
  retryStopped: (commands) => commands.retryStopped(),
  takeUp: (commands) => commands.takeUp(),
  revealRecoveryCode: (commands) => commands.revealRecoveryCode(),
  acknowledge: (commands) => commands.acknowledge(),
  acknowledgeLoss: (commands) => commands.acknowledgeLoss(),
  renewRecoveryCode: (commands) => commands.renewRecoveryCode(),
  endOtherSessions: (commands) => commands.endOtherSessions(),
  askToRemove: (commands) => commands.askToRemove(method),
  remove: (commands) => commands.remove(),
  recall: (commands) => commands.recall(),
  prove: (commands) => commands.prove({ to: "list" }),
  challenge: (commands) => commands.challenge(method, "sms"),
  resendChallenge: (commands) => commands.resendChallenge(),
  challengeByRecoveryCode: (commands) => commands.challengeByRecoveryCode(),
  verify: (commands) => [commands.verify({ code: "123456" }), commands.verify({ recoveryCode: "ABCD" })],
  askWhetherApproved: (commands) => commands.askWhetherApproved(),
  signInByRedirect: (commands) => commands.signInByRedirect(),
  signInByPassword: (commands) => commands.signInByPassword({ username: "river", password: "secret" }),
};

/** A screen for each step: one that is added is missing here. */
const screens: { [Name in Step]: (state: StateOf<Name>) => string } = {
  waiting: ({ opens }) => String(opens),
  closed: ({ others }) => String(others?.ended),
  signingIn: ({ signIn }) => signIn.ways.join(),
  choosingChannel: ({ choices }) => choices.map(({ channel }) => channel).join(),
  enteringContact: ({ channel, contact }) => `${channel} ${contact}`,
  awaitingSend: ({ enrollment }) => enrollment.enrollmentId,
  facingLostSend: ({ enrollment }) => enrollment.enrollmentId,
  enteringCode: ({ enrollment }) => String(enrollment.attemptsLeft),
  awaitingOutcome: ({ enrollment }) => enrollment.enrollmentId,
  choosingProof: ({ methods }) => String(methods.length),
  enteringProof: ({ problem }) => said(problem),
  enteringPassword: ({ problem }) => said(problem),
  leavingForProof: ({ problem }) => said(problem),
  savingRecoveryCode: ({ codes }) => String(codes?.join()),
  done: ({ added }) => String(added.replaced),
  doneWithoutRecoveryCode: ({ canRenew }) => String(canRenew),
  confirmingRemoval: ({ authenticator }) => String(authenticator.contact),
  stopped: ({ why }) => why.code,
};

function said(problem: Problem | null): string {
  return problem?.code ?? "";
}

export function OwnScreen() {
  const { state, view, busy, failure, retry, unread, readAgain, serverNow, commands }: Enrollment = useEnrollment(own);
  useEnrollment();
  if (state.step === "enteringCode") state.enrollment.codeExpiresAt satisfies number | null;
  // @ts-expect-error What is known at one step is not known at each.
  console.log(state.codes);
  // @ts-expect-error There is no such command.
  commands.enroll();
  // @ts-expect-error A code comes by one of the channels.
  commands.start({ channel: "pigeon", contact: "" });
  return (
    <form onSubmit={retry} onReset={readAgain} aria-busy={busy}>
      {screens.waiting(state as StateOf<"waiting">)}
      {failure} {String(unread)} {serverNow() satisfies number} {view?.channels.join()}
    </form>
  );
}
