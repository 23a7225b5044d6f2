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
  end(text: string): unknown;
  destroy(): unknown;
}

/** Everything that an answer of no door may do: nothing. */
const HEADERS = [
  "Cache-Control: no-store, private",
  "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
  "Content-Type: text/plain; charset=utf-8",
  "Cross-Origin-Resource-Policy: same-origin",
  "Referrer-Policy: no-referrer",
  "X-Content-Type-Options: nosniff",
  "Connection: close",
];

/** No address of ours is half as long. A longer one is what made the head too long, and any link can have it. */
const LONGEST_START = 1024;

/**
 * Answers with 431, 408 or 400, and ends the connection. Cookies that a neighbouring name wrote for this one can make every head too
 * long, for good and with nothing that the person could press; so a 431 has the browser forget the site's cookies, which signs
 * out and lets the next request through. A long address alone does not, or any link could sign people out.
 */
export function answerUnreadable({ code, rawPacket }: Unread, connection: Connection): void {
  if (code === "ECONNRESET" || !connection.writable) {
    connection.destroy();
    return;
  }
  const tooLong = code === "HPE_HEADER_OVERFLOW";
  const [status, words] = tooLong
    ? [
        "431 Request Header Fields Too Large",
        "Your browser sent more than this site reads. Please load the page again.",
      ]
    : code === "ERR_HTTP_REQUEST_TIMEOUT"
      ? ["408 Request Timeout", "The request took too long."]
      : ["400 Bad Request", "The request could not be read."];
  const forget = tooLong && startsShort(rawPacket) ? ['Clear-Site-Data: "cookies"'] : [];
  const body = `${words}\n`;
  const head = [`HTTP/1.1 ${status}`, ...HEADERS, ...forget, `Content-Length: ${String(body.length)}`];
  connection.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

/** Tells whether the bytes begin with the first line of a request and that line is of an honest length. */
function startsShort(bytes: Uint8Array | undefined): boolean {
  const start = new TextDecoder("latin1").decode(bytes?.subarray(0, LONGEST_START));
  return /^[A-Z]+ \/\S* HTTP\/1\.1\r\n/.test(start);
}
