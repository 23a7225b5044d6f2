import * as z from "zod/mini";

/*
 * What the bench says to the programs that it starts, and what they answer, over the channel that Node opens to a child. Each
 * order has one answer.
 */

/** A visit of the bench has just been signed in, or stands idle with a credential that has ended. */
const visitKindSchema = z.enum(["fresh", "idle"]);

/** Says what a visit of the bench stands at. */
export type VisitKind = z.infer<typeof visitKindSchema>;

/** Parses one order. */
export const orderSchema = z.discriminatedUnion("do", [
  /** Puts so many visits into the store, or people into the tenant, and answers with what each shows: a cookie, or a token. */
  z.object({ do: z.literal("seed"), kind: visitKindSchema, count: z.number() }),
  /** Takes out of the store what was put into it. */
  z.object({ do: z.literal("forget") }),
  /** Answers with the bytes of heap and buffers that are in use after a collection. */
  z.object({ do: z.literal("memory") }),
  /** Answers with how many calls came in since it was asked last. */
  z.object({ do: z.literal("calls") }),
]);

/** Describes one order. */
export type Order = z.infer<typeof orderSchema>;

/** Parses what a program says: where it listens, once; then one answer to each order. */
export const wordSchema = z.union([
  z.object({ port: z.number() }),
  z.object({ answer: z.union([z.number(), z.array(z.string())]) }),
  z.object({ fault: z.string() }),
]);

/** What an order is answered with: the number or the lines that it asks for, null where it asks for none. */
export type OrderAnswer = number | string[] | null;

/** Says where this program listens and answers every order from now on. */
export function answerOrders(port: number, answer: (order: Order) => Promise<OrderAnswer>): void {
  process.on("message", (message) => {
    void answer(orderSchema.parse(message)).then(
      (said) => process.send?.({ answer: said ?? 0 }),
      (reason: unknown) => process.send?.({ fault: String(reason) }),
    );
  });
  process.once("disconnect", () => process.exit(0));
  process.send?.({ port });
}
