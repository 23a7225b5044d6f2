/*
 * What somebody's server and tests may write with the package. It is compiled and never run. A line below `@ts-expect-error` must not
 * compile.
 */
import { createServer } from "node:http";
import {
  type Bff,
  type BffOptions,
  createBff,
  createMailNotices,
  createNode,
  createNodeHandler,
  createUndiciUpstream,
  type HostAccount,
  listen,
  type Listening,
  type Node,
  type Notice,
  type Notify,
  readSettings,
  type Settings,
  type Store,
} from "mfa-enroll/bff";
import {
  createSimulator,
  demoClient,
  managementClient,
  type ServedTenant,
  type Simulator,
  type SimulatorOptions,
  startTenant,
} from "mfa-enroll/simulator";
import {
  createEnrollmentPage,
  type EnrollmentPage,
  type Hand,
  keyboardHand,
  lastMessageId,
  pointerHand,
  readCode,
  readOutbox,
  type TestChannel,
  type TestPerson,
  touchHand,
} from "mfa-enroll/testing";

// The BFF.
const read = readSettings(process.env);
// @ts-expect-error Settings may have been unreadable.
export const unasked = read.settings;
if ("problems" in read) throw new Error(read.problems.join("\n"));
const settings: Settings = read.settings;

const notify: Notify = async ({ id, type, channels, contact, at }: Notice) =>
  console.log(id, type, channels, contact, at);
const account = async (request: Request): Promise<HostAccount | null> =>
  request.headers.has("cookie")
    ? { subject: "auth0|1", provenAt: 0, credential: { kind: "mfaToken", value: "", expiresAt: 0 } }
    : null;
const node: Node = createNode(settings, { notify, account, stepUpAddress: "/step-up" });
const store: Store = node.store;
const mail = createMailNotices({ smtpUrl: "smtp://localhost", from: "noreply@mail.example", site: "Larkmoor Savings" });

// An option that is added is missing here, and one that goes is too many.
export const options = ({ limiter, clock, log, observe }: Required<BffOptions>): Required<BffOptions> => ({
  settings,
  upstream: createUndiciUpstream("https://tenant.example"),
  store,
  limiter,
  clock,
  log,
  observe,
  account,
  notify: mail.notify,
  stepUpAddress: "/step-up",
  renderPage: (view) => `<p>${view?.person?.name ?? ""}</p>`,
});
const bff: Bff = createBff({ settings, upstream: createUndiciUpstream("https://tenant.example") });
export const answered: Promise<Response> = bff(new Request("http://localhost/api/mfa/session"), { peer: "127.0.0.1" });
createServer(createNodeHandler(bff));
export const listening: Promise<Listening> = listen({ fetch: bff, host: "127.0.0.1", port: 0 });
// @ts-expect-error A BFF speaks to a tenant.
createBff({ settings });
// @ts-expect-error Who is connected is an address.
bff(new Request("http://localhost"), { peer: 1 });

// The simulator.
const simulated: SimulatorOptions = { issuer: "http://localhost:4400/", clients: [demoClient(), managementClient()] };
export const simulator: Simulator = createSimulator(simulated);
export const tenant: Promise<ServedTenant> = startTenant({ port: 0 });
// @ts-expect-error A tenant listens somewhere.
startTenant({});

// The tests' hands.
export async function enroll(page: Parameters<typeof createEnrollmentPage>[0], person: TestPerson): Promise<string> {
  const hands: Hand[] = [pointerHand(), touchHand(), keyboardHand(page)];
  const enrollment: EnrollmentPage = createEnrollmentPage(page, hands[0]);
  const channel: TestChannel = "sms";
  const outbox = "http://localhost:4400/_control/outbox";
  const after = await lastMessageId(outbox);
  await enrollment.signInHere(person);
  await enrollment.addMethod();
  await enrollment.chooseChannel(channel);
  await enrollment.enterPhone(channel, "+12025550142");
  await enrollment.enterCode(await readCode(outbox, { channel, after }));
  const [last] = (await readOutbox(outbox)).slice(-1);
  // @ts-expect-error There may have been none.
  last.id.trim();
  return enrollment.saveRecoveryCode();
}
