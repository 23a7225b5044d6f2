import type { Unheard } from "../client/enrollment-client.ts";

/** Says that a request did not work: it never arrived, or its answer could not be read. */
export class RequestFailure extends Error {
  readonly kind: Unheard;

  constructor(kind: Unheard) {
    super(`The request was ${kind}.`);
    this.kind = kind;
  }
}
