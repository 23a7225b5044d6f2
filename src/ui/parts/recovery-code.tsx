/** Four: the group size people read out and copy with the fewest slips, as on bank cards. */
const GROUP = 4;

/** Returns a code in groups of four. */
export function groupsOf(code: string): readonly string[] {
  return code.match(new RegExp(`.{1,${GROUP}}`, "g")) ?? [];
}

/** Renders a recovery code as text in groups; never in a field, where a browser or password manager would keep it. */
export function RecoveryCode({ code, labelledBy }: { readonly code: string; readonly labelledBy: string }) {
  return (
    <p className="mfa-recovery-code" dir="ltr" translate="no" role="group" aria-labelledby={labelledBy}>
      {groupsOf(code).map((group, index) => (
        // Groups have no identity but their place.
        <span key={`${index}${group}`}>{group} </span>
      ))}
    </p>
  );
}
