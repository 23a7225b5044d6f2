import { createTransport } from "nodemailer";

import type { CodeMail } from "./tenant.ts";

/** Sends mails over one SMTP address. */
export interface MailSender {
  send(mail: CodeMail): Promise<void>;
  close(): void;
}

/**
 * Creates a sender for an SMTP address such as `smtp://127.0.0.1:2525`. To loopback it speaks without TLS, which the
 * mailbox there does not know; to any other host TLS is nodemailer's to arrange.
 */
export function createMailSender(smtpUrl: string, from = "no-reply@tenant.example"): MailSender {
  const { hostname, port, protocol, username, password } = new URL(smtpUrl);
  const secure = protocol === "smtps:";
  const auth =
    username === "" ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } };
  const transport = createTransport({
    host: hostname,
    port: port === "" ? (secure ? 465 : 587) : Number(port),
    secure,
    ignoreTLS: hostname === "127.0.0.1" || hostname === "localhost",
    // A carrier that does not answer must not hold the tenant's answer for minutes, which is the library's default.
    connectionTimeout: 5000,
    socketTimeout: 10_000,
    ...auth,
  });
  return {
    async send({ to, subject, text }) {
      await transport.sendMail({ from, to, subject, text });
    },
    close: () => transport.close(),
  };
}
