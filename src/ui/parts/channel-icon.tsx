import type { Channel } from "../../contract/channel.ts";

/** One path each, drawn on 24 by 24 with a stroke of the text's colour. */
const PATHS: Readonly<Record<Channel, string>> = {
  sms: "M4 5h16v11H9l-5 4zM8 9h8M8 12h5",
  voice: "M6 3h4l2 5-3 2a11 11 0 0 0 5 5l2-3 5 2v4a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z",
  email: "M3 6h18v12H3zM3 7l9 6 9-6",
  otp: "M7 2h10v20H7zM11 18h2M10 8h4M10 11h4",
  push: "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
};

/** Renders the picture of a channel. Its name stands beside it, so a screen reader passes the picture over. */
export function ChannelIcon({ channel }: { readonly channel: Channel }) {
  return (
    <svg className="mfa-icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d={PATHS[channel]} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  );
}
