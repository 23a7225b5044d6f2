import fc from "fast-check";
import { type Category, hostile } from "./category.ts";
import { WRITES } from "./scenes.ts";
import { bodyOf, withBody } from "./wire.ts";

/*
 * Names that mean something behind us, or to JavaScript itself. No route takes a name that it does not know, so none of them is
 * ever passed on.
 */

const assigned = (name: string, values: fc.Arbitrary<unknown>): Category =>
  hostile(`mass assignment of ${name}`, { scenes: WRITES }, values, (value, wire) =>
    // Written by hand: an object of ours could not have some of these names.
    withBody(
      wire,
      `{${JSON.stringify(name)}:${JSON.stringify(value)}${bodyOf(wire) === "{}" ? "" : ","}${bodyOf(wire).slice(1)}`,
    ),
  );
const text = fc.stringMatching(/^[A-Za-z0-9_-]{12,40}$/);

/** Lists the categories of mass assignment. */
export const massAssignment: readonly Category[] = [
  assigned("__proto__", fc.constantFrom({ isAdmin: true }, null, { channel: "sms" })),
  assigned("constructor", fc.constantFrom({ prototype: { isAdmin: true } }, {})),
  assigned("client_id", text),
  assigned("client_secret", text),
  assigned(
    "grant_type",
    fc.constantFrom("password", "client_credentials", "http://auth0.com/oauth/grant-type/mfa-oob"),
  ),
  assigned(
    "audience",
    text.map((name) => `https://${name}.example/`),
  ),
  assigned("mfa_token", text),
  assigned("oob_code", text),
  assigned("authenticator_types", fc.constantFrom(["otp"], ["oob"], ["recovery-code"])),
  assigned("oob_channels", fc.constantFrom(["sms"], ["email"], ["auth0"])),
  assigned("verified", fc.constantFrom(true, "true", 1)),
  assigned(
    "sub",
    text.map((id) => `auth0|${id}`),
  ),
];
