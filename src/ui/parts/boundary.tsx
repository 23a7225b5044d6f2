import { Component, type ReactNode, useEffect } from "react";
import { FailureNotice } from "./failure-notice.tsx";

/** Says that a part of the program could not be fetched. It is asked for once, and anew when `askAnew` has been called. */
export class PartMissing extends Error {
  readonly askAnew: () => void;

  constructor(askAnew: () => void) {
    super("A part could not be fetched.");
    this.askAnew = askAnew;
  }
}

/** Describes what a boundary surrounds; `onTryAgain` is called before what failed while it was drawn is drawn again. */
export type BoundaryProps = { readonly children: ReactNode; readonly onTryAgain: () => void };

/** Keeps what fails while it is drawn, or cannot be fetched, from taking the host's page down with it. */
export class Boundary extends Component<BoundaryProps, { readonly failure: { readonly why: unknown } | null }> {
  override state = { failure: null as { readonly why: unknown } | null };

  /** Keeps what went wrong; telling it to whoever runs the page is the browser's matter. */
  static getDerivedStateFromError(why: unknown) {
    return { failure: { why } };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    return <Failed isMissing={failure.why instanceof PartMissing} onTryAgain={this.tryAgain} />;
  }

  private readonly tryAgain = () => {
    const why = this.state.failure?.why;
    if (why instanceof PartMissing) why.askAnew();
    else this.props.onTryAgain();
    this.setState({ failure: null });
  };
}

function Failed({ isMissing, onTryAgain }: { readonly isMissing: boolean; readonly onTryAgain: () => void }) {
  useEffect(() => {
    if (!isMissing) return;
    // A part is fetched by itself once there is a connection again: nothing is sent by that.
    window.addEventListener("online", onTryAgain);
    return () => window.removeEventListener("online", onTryAgain);
  }, [isMissing, onTryAgain]);
  return <FailureNotice why={isMissing ? "unreachable" : "broken"} onTryAgain={onTryAgain} />;
}
