import { issueRecoveryCode } from "./enrolling.ts";
import type { ManagementCall } from "./management-call.ts";
import { inexistentUser, ManagementRefusal } from "./management-refusal.ts";
import { refuseOthers } from "./management-body.ts";

/**
 * Replaces somebody's recovery code. The old one is dead at once, the entry keeps its id and stays active or waiting as it
 * was; somebody enrolled who has none gets one. There is nothing to recover for anybody else: 404 `enrollment_not_found`.
 */
export const regenerateRecoveryCode: ManagementCall = {
  method: "POST",
  path: "/users/:id/recovery-code-regeneration",
  scopes: ["update:users"],
  answer(tenant, { params, body }) {
    refuseOthers(body, []);
    const person = tenant.people.get(params["id"] ?? "");
    if (person === undefined) throw inexistentUser();
    const { recoveryCode, authenticators } = person;
    const enrolled = recoveryCode !== null || authenticators.some((entry) => entry.active);
    const code = enrolled ? issueRecoveryCode(tenant, person, recoveryCode?.active ?? true) : null;
    if (code === null) throw new ManagementRefusal(404, "enrollment_not_found", "Enrollment not found.");
    return { status: 200, body: { recovery_code: code } };
  },
};
