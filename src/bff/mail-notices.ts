import { createTransport } from "nodemailer";
import type { Channel } from "../contract/channel.ts";
import type { Notice, Notify } from "./notices.ts";

/*
 * Writes a notice as a mail and hands it to a mail server. It knows no account and no token, so a mail can say no more than the
 * notice does.
 */

/** How long the mail server may take to be found, and to say the next word. */
const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;

const METHODS: Readonly<Record<Channel, string>> = {
  sms: "text message",
  voice: "voice call",
  email: "email",
  otp: "authenticator app",
  push: "push notification",
};

/**
 * Creates what tells of changes by mail, over an address such as `smtps://user:password@mail.example.com`. Each notice keeps one
 * Message-ID through all attempts, so that a mailbox that had it already can tell.
 */
export function createMailNotices(options: { smtpUrl: string; from: string; site: string }): {
  notify: Notify;
  close(): void;
} {
  const { smtpUrl, from, site } = options;
  const { hostname, port, protocol, username, password } = new URL(smtpUrl);
  const isSecure = protocol === "smtps:";
  const isLocal = hostname === "127.0.0.1" || hostname === "localhost" || hostname === "[::1]";
  const transport = createTransport({
    host: hostname.replace(/^\[|\]$/g, ""),
    // RFC 8314 section 3.3 and RFC 6409.
    port: port === "" ? (isSecure ? 465 : 587) : Number(port),
    secure: isSecure,
    // In the clear on loopback only: elsewhere who is told of what is nobody else's business.
    ...(isLocal ? { ignoreTLS: true } : { requireTLS: !isSecure }),
    ...(username === "" ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    // Nothing of a notice is read from a file or fetched from anywhere.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^@>\s]+)>?$/.exec(from)?.[1] ?? "localhost";
  return {
    async notify(notice) {
      const messageId = `<${notice.id}@${domain}>`;
      await transport.sendMail({ from, to: notice.to, messageId, ...mailOf(notice, site) });
    },
    close: () => transport.close(),
  };
}

/** Writes the mail of a notice: what, when, where to go; no code and no full contact. */
export function mailOf(notice: Notice, site: string): { subject: string; text: string } {
  const what = notice.channels.map((channel) => METHODS[channel]).join(" and ");
  const isAdded = notice.type === "added";
  const verb = isAdded ? "added to" : "removed from";
  const lines = [
    `A sign-in method was ${verb} your account at ${site}.`,
    "",
    `Method: ${what}${notice.contact === null ? "" : ` (${notice.contact})`}`,
    `When: ${new Date(notice.at).toISOString().slice(0, 16).replace("T", ", ")} UTC`,
    "",
    "If this was you, there is nothing to do.",
    "If it was not, go to this address, sign in, and undo it:",
    notice.notYouUrl,
  ];
  return { subject: `A sign-in method was ${isAdded ? "added" : "removed"}`, text: `${lines.join("\n")}\n` };
}
