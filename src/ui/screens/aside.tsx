import type { Step } from "../../wizard/state.ts";
import { ConfirmUnclear, SendLost, SendUnclear } from "./code-unclear.tsx";
import { DoneScreen } from "./done.tsx";
import { DoneWithoutRecoveryCodeScreen } from "./done-without-recovery-code.tsx";
import { LeaveForProof } from "./leave-for-proof.tsx";
import { ProofMethods } from "./proof-methods.tsx";
import type { ScreenProps } from "./screen.ts";
import { StoppedScreen } from "./stopped.tsx";

/** Names the screens on which nothing is typed. */
export type AsideStep =
  | "awaitingSend"
  | "facingLostSend"
  | "awaitingOutcome"
  | "choosingProof"
  | "leavingForProof"
  | "done"
  | "doneWithoutRecoveryCode"
  | "stopped";

/** Describes what these screens are given. */
export type AsideProps = Omit<ScreenProps<Step>, "state"> & { readonly state: ScreenProps<AsideStep>["state"] };

/** Renders the screens on which nothing is typed. They are small, so they come in one piece. */
export function Aside({ state, ...props }: AsideProps) {
  switch (state.step) {
    case "awaitingSend":
      return <SendUnclear state={state} {...props} />;
    case "facingLostSend":
      return <SendLost state={state} {...props} />;
    case "awaitingOutcome":
      return <ConfirmUnclear state={state} {...props} />;
    case "choosingProof":
      return <ProofMethods state={state} {...props} />;
    case "leavingForProof":
      return <LeaveForProof state={state} {...props} />;
    case "done":
      return <DoneScreen state={state} {...props} />;
    case "doneWithoutRecoveryCode":
      return <DoneWithoutRecoveryCodeScreen state={state} {...props} />;
    case "stopped":
      return <StoppedScreen state={state} {...props} />;
  }
}
