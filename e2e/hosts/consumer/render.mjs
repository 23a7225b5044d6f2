// A server that draws the first picture: the panel, and a screen of its own.
import { useEnrollment } from "mfa-enroll/headless";
import { MfaSettings } from "mfa-enroll/react";
import { createElement } from "react";
import { renderToString } from "react-dom/server";

const initialView = {
  now: 0,
  signIn: { ways: ["redirect"], problem: null },
  person: { id: "1", name: "a•••@mail.example", signedOutAt: 600_000 },
  channels: ["sms", "voice", "email"],
  phonePolicy: null,
  authenticators: { items: [], knownAt: 0 },
  can: { list: "yes", add: "yes", remove: "yes" },
  proof: null,
  draft: null,
  noticesDelayed: false,
  flow: { step: "idle" },
};
const OwnScreen = ({ opens }) => createElement("p", null, useEnrollment({ initialView, opens }).state.step);

console.log(renderToString(createElement(MfaSettings, { initialView })));
console.log(renderToString(createElement(OwnScreen, { opens: true })));
