import { Fragment } from "react";

/** Four: the group size people read out and copy with the fewest slips, as on bank cards. */
const GROUP = 4;

/** Returns a code in groups of four. */
export function groupsOf(code: string): readonly string[] {
  return code.match(new RegExp(`.{1,${GROUP}}`, "g")) ?? [];
}

/**
 * Renders a recovery code as text in groups; never in a field, where a browser or password manager would keep it. Each group
 * is an image to a screen reader, because only that has a spoken text besides the shown one: its letters apart, which would
 * be read as words else. The shown text is selected and copied as it stands.
 */
export function RecoveryCode({ code, labelledBy }: { readonly code: string; readonly labelledBy: string }) {
  return (
    <p className="mfa-recovery-code" dir="ltr" translate="no" role="group" aria-labelledby={labelledBy}>
      {groupsOf(code).map((group, index) => (
        // Groups have no identity but their place.
        <Fragment key={`${index}${group}`}>
          <span role="img" aria-label={[...group].join(" ")}>
            <bdi aria-hidden="true">{group}</bdi>
          </span>{" "}
        </Fragment>
      ))}
    </p>
  );
}
