import { Component, type ReactNode } from "react";
import { FailureNotice } from "./failure-notice.tsx";

/** Describes what is said in place of a part that could not be loaded. */
export type LoadBoundaryProps = {
  readonly children: ReactNode;
  readonly message: string;
  /** Called before the part is tried again, so that it is asked for anew. */
  readonly onTryAgain: () => void;
};

/** Keeps a part that could not be loaded from taking the host's page down with it. */
export class LoadBoundary extends Component<LoadBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  /** Marks the part as failed; what went wrong is the browser's to report. */
  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <FailureNotice onTryAgain={this.tryAgain}>{this.props.message}</FailureNotice>;
  }

  private readonly tryAgain = () => {
    this.props.onTryAgain();
    this.setState({ failed: false });
  };
}
