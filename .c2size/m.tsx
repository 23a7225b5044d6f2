import { createRoot } from "react-dom/client";
import { MfaSettings } from "../src/embed/react.tsx";
import "../src/app/account.css";
import { codeView, MAILBOX, PHONE, recoveryView, scriptBff, SERVER_NOW, view } from "../src/embed/scripted-bff.ts";
const listing = (...items: any[]) => view({ authenticators: { items, knownAt: SERVER_NOW } });
const pr = { can: { list: "after_proof", add: "after_proof", remove: "after_proof" } } as const;
const s: Record<string, any> = {
  empty: view(), list: listing(PHONE, MAILBOX, { ...MAILBOX, id: "x", automatic: true }),
  stale: { ...listing(PHONE), ...pr, proof: { by: "challenge", methods: [PHONE, MAILBOX], recoveryCode: true } },
  code: codeView({ channel: "sms", contact: "+1 ••• ••• 0123", sibling: "voice" }),
  lost: codeView({ status: "send_lost" }), recovery: recoveryView(), signin: view({ person: null }),
};
const bff = scriptBff(s[location.hash.slice(1)] ?? view());
bff.answers("POST /recovery-code", { json: { recoveryCodes: ["ABCDEFGHJKLMNPQRSTUVWXYZ"] } });
bff.answers("POST /enrollment/confirm", { problem: { code: "wrong_code", status: 422, attemptsLeft: 2 } }, { problem: { code: "upstream_unavailable", status: 503 } });
createRoot(document.getElementById("r")!).render(<MfaSettings fetch={bff.fetch} now={() => SERVER_NOW + (location.search ? 31000 : 0)} navigate={() => {}} defaultRegion="US" />);
