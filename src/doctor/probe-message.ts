import * as z from "zod/mini";
import type { Ask } from "./access-from.ts";
import type { Doors } from "./doors.ts";
import { type Finding, notSeen, ok } from "./finding.ts";
import type { Options } from "./options.ts";
import type { Ours } from "./ours.ts";
import type { Credential } from "./probe-sign-in.ts";
import { wordsOf } from "./refusal.ts";
import { type Answer, send } from "./send.ts";

const startedSchema = z.object({ oob_code: z.string() });

/** Sends one code, once, and confirms it with what is typed. The method stays with the test person. */
export async function probeMessage(
  doors: Doors,
  { tenant }: Ours,
  probing: { credential: Credential; send: NonNullable<Options["send"]>; code: string | null; ask: Ask },
): Promise<Finding[]> {
  const { credential, ask } = probing;
  const { channel, contact } = probing.send;
  doors.progress(`asking the tenant to send one code by ${channel}`);
  const started = await send(doors, {
    method: "POST",
    url: `${tenant.issuer}mfa/associate`,
    bearer: credential.value,
    json: {
      authenticator_types: ["oob"],
      oob_channels: [channel],
      ...(channel === "email" ? { email: contact } : { phone_number: contact }),
    },
    isReading: false,
  });
  const oobCode = started.is === "answer" ? startedSchema.safeParse(started.body).data?.oob_code : undefined;
  if (oobCode === undefined) return [notStarted(started)];
  const sent = ok("probe-message", "A code on its way", `the tenant took it for ${channel}`);
  const code = probing.code ?? (await ask("The code that arrived: ", { isSecret: false }))?.trim();
  if (!code) {
    return [
      sent,
      notSeen("probe-confirm", "Its confirmation", "nobody typed the code; one method is left unconfirmed."),
    ];
  }
  const confirmed = await send(doors, {
    method: "POST",
    url: `${tenant.issuer}oauth/token`,
    form: {
      grant_type: "http://auth0.com/oauth/grant-type/mfa-oob",
      client_id: tenant.clientId,
      client_secret: tenant.clientSecret,
      mfa_token: credential.value,
      oob_code: oobCode,
      binding_code: code,
    },
    isReading: false,
  });
  return [sent, confirmation(confirmed, credential)];
}

function notStarted(answer: Answer): Finding {
  const title = "A code on its way";
  if (answer.is === "lost") return notSeen("probe-message", title, answer.why);
  const words = answer.status === 200 ? "something without an oob_code" : wordsOf(answer);
  const isEnrolled = words.includes("already enrolled");
  return {
    id: "probe-message",
    level: isEnrolled ? "unseen" : "fail",
    title,
    saw: `The tenant said ${words}.`,
    why: isEnrolled
      ? "This is right: who has a method must prove it before another is added. So nothing was proved with this person."
      : "Everybody who asks for such a code meets the same.",
    mend: { here: isEnrolled ? "Use a test person without any method." : "Mend what stands above about this channel." },
  };
}

/** The JWT in the place of the `mfa_token` is what adding a method while signed in stands on; no document of Auth0's says so. */
function confirmation(answer: Answer, { kind }: Credential): Finding {
  const title = "Its confirmation";
  if (answer.is === "lost") return notSeen("probe-confirm", title, `${answer.why} The method may be confirmed or not.`);
  const isToken = kind === "mfaApi";
  if (answer.status === 200) {
    return ok(
      "probe-confirm",
      title,
      isToken
        ? "the code was taken with the MFA API's token in the place of mfa_token, on which enrolling while signed in stands"
        : "the code was taken with the mfa_token; that the MFA API's token serves in its place is not shown by this person",
    );
  }
  const words = wordsOf(answer);
  const isWrongCode = /binding_code/.test(words);
  if (isWrongCode) return notSeen("probe-confirm", title, `the tenant says that the code is wrong (${words}).`);
  return {
    id: "probe-confirm",
    level: "fail",
    title,
    saw: `The tenant does not take the ${isToken ? "MFA API's token in the place of mfa_token" : "mfa_token"}: ${words}.`,
    why: isToken
      ? "Enrolling while signed in stands on it: on this tenant people get a code and can never confirm it."
      : "People get a code and can never confirm it.",
    mend: {
      here: "Look at the three MFA grants above; where they are on, ask Auth0's support with these words of the tenant.",
    },
  };
}
