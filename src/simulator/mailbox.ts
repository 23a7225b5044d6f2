import { once } from "node:events";

import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

/** A mail as it arrived. `at` is epoch milliseconds. */
export interface Mail {
  readonly id: string;
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** A mail server on loopback that accepts everything and keeps it in memory. */
export interface Mailbox {
  /** Where to send by SMTP. */
  readonly url: string;
  list(): readonly Mail[];
  clear(): void;
  close(): Promise<void>;
}

/** What a mailbox may be told. */
export interface MailboxOptions {
  /** A free port when 0 or absent. */
  readonly port?: number;
  readonly now?: () => number;
  /** Called for each mail once it is parsed. */
  readonly onMail?: (mail: Mail) => void;
}

/** Mails kept; older ones are forgotten. */
const KEPT = 500;
/** Bytes of one mail; ours have a few hundred. */
const LARGEST = 262_144;

/** Starts a mailbox on 127.0.0.1 and resolves when it listens. */
export async function startMailbox({ port = 0, now = Date.now, onMail }: MailboxOptions = {}): Promise<Mailbox> {
  let mails: Mail[] = [];
  let count = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    size: LARGEST,
    logger: false,
    // Names of clients are not looked up: nothing leaves this machine, and a look-up can take seconds.
    disableReverseLookup: true,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join(", ");
        keep(Buffer.concat(chunks), to).then(() => done(), done);
      });
    },
  });

  async function keep(raw: Buffer, to: string): Promise<void> {
    const parsed = await PostalMime.parse(raw);
    count += 1;
    const mail: Mail = {
      id: String(count),
      at: now(),
      from: parsed.from?.address ?? "",
      to,
      subject: parsed.subject ?? "",
      text: (parsed.text ?? "").trimEnd(),
    };
    mails = [...mails, mail].slice(-KEPT);
    onMail?.(mail);
  }

  const listener = server.listen(port, "127.0.0.1");
  await once(listener, "listening");
  // A client that goes away in mid-sentence is its own affair.
  server.on("error", () => {});
  const address = listener.address();
  const listening = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `smtp://127.0.0.1:${listening}`,
    list: () => mails,
    clear: () => {
      mails = [];
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
