import { addressIn } from "./email.ts";

/**
 * Mailbox providers that many people use. A domain on the list is never doubted, so names one slip away from a bigger
 * one (mail.com, ymail.com) have to be here.
 */
const PROVIDERS =
  "gmail.com googlemail.com hotmail.com outlook.com live.com msn.com yahoo.com ymail.com icloud.com aol.com mail.com email.com proton.me " +
  "protonmail.com zoho.com fastmail.com gmx.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de hotmail.co.uk " +
  "yahoo.co.uk outlook.fr hotmail.fr yahoo.fr orange.fr wanadoo.fr laposte.net free.fr hotmail.it yahoo.it libero.it hotmail.es " +
  "yahoo.es outlook.es hotmail.de yahoo.de outlook.de yahoo.com.br hotmail.com.br uol.com.br bol.com.br terra.com.br ziggo.nl " +
  "kpnmail.nl wp.pl onet.pl interia.pl yandex.ru yandex.com mail.ru yahoo.co.jp docomo.ne.jp naver.com daum.net hanmail.net " +
  "qq.com 163.com 126.com sina.com foxmail.com rediffmail.com yahoo.co.in walla.co.il comcast.net verizon.net att.net";

const KNOWN = PROVIDERS.split(" ");

/** Names shorter than this are too close to one another: a slip of three letters is somebody else's name. */
const SHORTEST_NAME = 4;

/**
 * Returns the address that was probably meant when its domain is one slip (a missing, extra, wrong or swapped character)
 * away from a common provider's, and null otherwise. It is a question to ask, never a reason to refuse.
 */
export function suggestEmail(text: string): string | null {
  const address = addressIn(text);
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at);
  const domain = address.slice(at + 1).toLowerCase();
  if (local === "" || domain === "" || KNOWN.includes(domain)) return null;
  const meant = KNOWN.find(
    (known) => isOneSlip(domain, known) && (nameOf(known).length >= SHORTEST_NAME || nameOf(known) === nameOf(domain)),
  );
  return meant === undefined ? null : `${local}@${meant}`;
}

function nameOf(domain: string): string {
  return domain.slice(0, domain.indexOf("."));
}

function isOneSlip(typed: string, meant: string): boolean {
  if (Math.abs(typed.length - meant.length) > 1) return false;
  let same = 0;
  while (same < typed.length && typed[same] === meant[same]) same++;
  const [a, b] = [typed.slice(same), meant.slice(same)];
  return (
    a.slice(1) === b.slice(1) ||
    a.slice(1) === b ||
    a === b.slice(1) ||
    (a.slice(2) === b.slice(2) && a[0] === b[1] && a[1] === b[0])
  );
}
