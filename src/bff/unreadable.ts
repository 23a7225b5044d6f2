import { PRIVATE_HEADERS } from "./answers.ts";

/*
 * Answers what is no request that can be read. It stands before every door, so it knows no route, no settings and nobody.
 */

/** What the parser of HTTP says of a request that it gave up. */
interface Unread extends Error {
  code?: string;
  /** The bytes that were being read. */
  rawPacket?: Uint8Array;
}

/** The connection that it came by. */
interface Connection {
  writable: boolean;
  end(text: string, sent: () => void): unknown;
  destroy(): unknown;
}

/** The status and the words of what could not be read, by Node's name for why. */
const WHY: Readonly<Record<string, readonly [status: string, words: string]>> = {
  HPE_HEADER_OVERFLOW: [
    "431 Request Header Fields Too Large",
    "Your browser sent more than this site reads. Please load the page again.",
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "The request took too long."],
};

/** No address of ours is half as long. A longer one is what made the head too long, and any link can have it. */
const LONGEST_START = 1024;

/**
 * Answers what could not be read as a request, and ends the connection. Cookies that a neighbouring name wrote for this one can
 * make every head too long, for good and with nothing that the person could press; so a 431 has the browser forget the site's cookies,
 * which signs out and lets the next request through. A long address alone does not, or any link could sign people out.
 */
export function answerUnreadable({ code = "", rawPacket }: Unread, connection: Connection): void {
  if (!connection.writable) {
    connection.destroy();
    return;
  }
  const [status, words] = WHY[code] ?? ["400 Bad Request", "The request could not be read."];
  const forgets = code === "HPE_HEADER_OVERFLOW" && startsShort(rawPacket);
  const headers = [
    ...PRIVATE_HEADERS,
    ...(forgets ? [["clear-site-data", '"cookies"']] : []),
    ["content-type", "text/plain; charset=utf-8"],
    ["content-length", String(words.length + 1)],
    ["connection", "close"],
  ];
  const text = `HTTP/1.1 ${status}\r\n${headers.map((pair) => `${pair.join(": ")}\r\n`).join("")}\r\n${words}\n`;
  // Whoever does not close their side would hold ours open for good, and the request that they never finished with it.
  connection.end(text, () => connection.destroy());
}

/** Tells whether the bytes begin with the first line of a request and that line is of an honest length. */
function startsShort(bytes: Uint8Array | undefined): boolean {
  const start = new TextDecoder("latin1").decode(bytes?.subarray(0, LONGEST_START));
  return /^[A-Z]+ \/\S* HTTP\/1\.1\r\n/.test(start);
}
