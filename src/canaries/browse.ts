import { type Browser, chromium } from "playwright";
import { createEnrollmentPage } from "../testing/enrollment-page.ts";
import { pointerHand } from "../testing/hand.ts";
import { isAtHome } from "../testing/homes.ts";
import { type Leak, scanForSecrets, type Secret, type Sighting } from "../testing/scan-for-secrets.ts";
import { watchEverything } from "../testing/witness.ts";
import { takeHeap } from "./heap.ts";
import { type HeapSnapshot, holderOf } from "./heap-snapshot.ts";
import { type MarkedPerson, markedPerson, secretsOf } from "./marked-person.ts";
import { newestCode } from "./plays.ts";
import type { Stage } from "./stage.ts";
import { type Way, WAYS } from "./ways.ts";

/** What one visit in a browser came to. */
export type BrowserVisit = {
  title: string;
  /** Places in which each sighting was made, and how many. */
  seen: ReadonlyMap<string, number>;
  heaps: number;
  /** Whether a snapshot taken while the recovery code was shown had it, as it must: one that sees nothing finds nothing. */
  heapSees: boolean | null;
  leaks: readonly Leak[];
};

/** The last screen of a way. */
const DONE = "You’re all set";

/** Plays each way in a Chromium of its own, so many times, and looks through everything the browser sent, kept and remembers; `told` hears of each. */
export async function browse(
  stage: Stage,
  {
    executablePath,
    rounds,
    from,
    told,
  }: { executablePath: string; rounds: number; from: number; told: (visit: BrowserVisit) => void },
): Promise<void> {
  const browser = await chromium.launch({ executablePath });
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, way] of WAYS.entries()) {
      told(await visit({ stage, browser, way, person: markedPerson(from + round * WAYS.length + index) }));
    }
  }
  await browser.close();
}

async function visit({
  stage,
  browser,
  way,
  person,
}: {
  stage: Stage;
  browser: Browser;
  way: Way;
  person: MarkedPerson;
}): Promise<BrowserVisit> {
  const { simulator } = stage.tenant;
  const { subject, username, password, mark } = person;
  simulator.people.add({ subject, email: username, password, mark, name: `${mark} Person`, ...way.before(person) });
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  const witness = await watchEverything(context, page);
  const panel = createEnrollmentPage(page, pointerHand());
  const since = Number(simulator.outbox.list().at(-1)?.id ?? 0);
  const before = new Set(simulator.minted().map(({ value }) => value));
  const secrets = (): Secret[] => [
    ...secretsOf(person),
    ...simulator.minted().filter(({ value }) => !before.has(value)),
    ...codesSince(since).map((value) => ({ kind: "code", value })),
    ...stage.secrets,
  ];
  const codesSince = (id: number) =>
    simulator.outbox
      .list()
      .flatMap((message) => (Number(message.id) > id && message.code !== undefined ? [message.code] : []));
  const leaks: Leak[] = [];
  let heaps = 0;
  let heapSees: boolean | null = null;

  async function heap(at: string): Promise<void> {
    const snapshot = await takeHeap(page);
    heaps += 1;
    leaks.push(...leaksIn(snapshot, at, secrets()));
    if (at === "recovery code") {
      const shown = simulator.minted().findLast(({ kind, value }) => kind === "recovery_code" && value.includes(mark));
      heapSees = snapshot.strings.some((text) => shown !== undefined && text.includes(shown.value));
    }
  }

  await page.goto(stage.origin);
  await way.go({
    panel,
    person,
    heap,
    code: (contact) => newestCode({ outbox: simulator.outbox, since }, contact),
    reload: async () => void (await page.reload()),
  });
  await panel.screen(DONE).waitFor();
  await heap(DONE);
  await panel.finish();
  await heap("the panel");
  const sightings = await witness.sightings();
  const own = (await context.cookies(stage.origin)).map(({ value }) => ({ kind: "our_session", value }));
  leaks.push(...scanForSecrets({ secrets: [...secrets(), ...own], sightings, belongs }));
  await context.close();
  const seen = new Map<string, number>();
  for (const { sink } of sightings) seen.set(sink, (seen.get(sink) ?? 0) + 1);
  return { title: way.title, seen, heaps, heapSees, leaks };

  function belongs({ kind }: Secret, { sink, where }: Sighting): boolean {
    // The tenant's own pages and cookies are between the person and the tenant, as they are with the real one.
    if (where.includes(` ${stage.tenant.origin}/`))
      return !["client_secret", "secret_key", "our_session"].includes(kind);
    return isAtHome({ kind }, { sink, where: where.replace(` ${stage.origin}${stage.basePath}`, " ") });
  }
}

/** Looks through each text of a snapshot by itself, and says of what it finds by what it is kept. */
function leaksIn(snapshot: HeapSnapshot, at: string, secrets: readonly Secret[]): Leak[] {
  const whole: Sighting = { sink: "heap", where: at, text: snapshot.strings.join("\n") };
  const found = scanForSecrets({ secrets, sightings: [whole], belongs: isAtHome });
  return found.map((leak) => {
    const those = secrets.filter(({ kind }) => kind === leak.kind);
    const texts = snapshot.strings.filter(
      (text) => scanForSecrets({ secrets: those, sightings: [{ ...whole, text }], belongs: () => false }).length > 0,
    );
    const holder = texts.map((text) => holderOf(snapshot, text)).find((each) => each !== null);
    return { ...leak, where: `${at}, kept by ${holder ?? "nothing that can be named"}` };
  });
}
