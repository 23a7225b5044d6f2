/** Says that a request did not work: it never arrived, or its answer could not be read. */
export class RequestFailure extends Error {
  readonly kind: "unreachable" | "garbled";

  constructor(kind: "unreachable" | "garbled") {
    super(`The request was ${kind}.`);
    this.kind = kind;
  }
}
