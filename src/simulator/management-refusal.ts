/** What the Management API calls its statuses in `error`. */
const NAMES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  429: "Too Many Requests",
};

/** Carries one "no" of the Management API, which words its refusals otherwise than the token endpoint does. */
export class ManagementRefusal extends Error {
  readonly status: number;
  /** What programs tell refusals apart by; null where Auth0 sends none. */
  readonly errorCode: string | null;

  constructor(status: number, errorCode: string | null, message: string) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
  }

  /** Gives the refusal as it goes over the wire. */
  body(): Readonly<Record<string, unknown>> {
    const { status, message, errorCode } = this;
    const code = errorCode === null ? {} : { errorCode };
    return { statusCode: status, error: NAMES[status] ?? "Error", message, ...code };
  }
}

/** Refuses a user that there is none of. */
export function inexistentUser(): ManagementRefusal {
  return new ManagementRefusal(404, "inexistent_user", "The user does not exist.");
}

/** Refuses a body that does not have the form of the call. */
export function invalidBody(complaint: string): ManagementRefusal {
  return new ManagementRefusal(400, "invalid_body", `Payload validation error: '${complaint}'.`);
}
