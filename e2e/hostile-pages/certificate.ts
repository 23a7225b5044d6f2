import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A key and the certificate that it signed itself, as PEM texts. */
export interface Certificate {
  key: string;
  cert: string;
}

/** Makes a certificate for names that no authority would sign. It lives for a day, and nothing of it stays on disk. */
export function makeCertificate(names: readonly string[]): Certificate {
  const folder = mkdtempSync(join(tmpdir(), "mfa-certificate-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  try {
    const curve = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1".split(" ");
    const subject = ["-subj", `/CN=${names[0] ?? ""}`];
    const others = ["-addext", `subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}`];
    const done = spawnSync("openssl", [...curve, ...subject, ...others, "-keyout", key, "-out", cert], {
      encoding: "utf8",
    });
    if (done.status !== 0) throw new Error(`openssl made no certificate: ${done.stderr}`);
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
