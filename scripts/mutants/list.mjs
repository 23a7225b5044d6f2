/*
 * Mutants beside the guards': limits, seals, sessions, the store. Each replaces lines that are named in full, and names the tests
 * that it is to be caught by.
 */

/** Describes one: what is broken, in which file, what stands there, what stands there then, and where it must be noticed. */
const mutant = (what, file, from, to, ...tests) => ({
  what,
  edits: [{ file: `src/bff/${file}`, from, to }],
  tests: tests.map((name) => `src/bff/${name}.test.ts`),
});

const seals = [
  mutant(
    "sealing: what is stored is not bound to its record",
    "sealing.ts",
    `createCipheriv("aes-256-gcm", sealingKey, nonce).setAAD(Buffer.from(boundTo))`,
    `createCipheriv("aes-256-gcm", sealingKey, nonce).setAAD(Buffer.from(""))`,
    "sealing",
  ),
  mutant(
    "sealing: every sealing has the same nonce",
    "sealing.ts",
    "const nonce = drawBytes(NONCE_BYTES);",
    "const nonce = Buffer.alloc(NONCE_BYTES);",
    "sealing",
  ),
  mutant(
    "sealing: the second live key opens nothing",
    "sealing.ts",
    `other === null ? [sealingKey] : [sealingKey, derive(other, "seal")]`,
    "[sealingKey]",
    "key-exchange",
  ),
  mutant(
    "sealing: ids are hashed with the sealing key",
    "sealing.ts",
    `const hashingKey = derive(ids, "hash");`,
    `const hashingKey = derive(key, "hash");`,
    "key-exchange",
  ),
  mutant(
    "sealing: lists of other lengths hash alike",
    "sealing.ts",
    "JSON.stringify(parts)",
    `parts.join("")`,
    "sealing",
  ),
  mutant("sealing: an id has 64 bits", "sealing.ts", "const ID_BYTES = 32;", "const ID_BYTES = 8;", "new-id"),
];

const sessions = [
  mutant(
    "cookie: two of the name are taken as the first",
    "sessions.ts",
    "id: found.length === 1 ?",
    "id: found.length > 0 ?",
    "visits",
  ),
  mutant(
    "cookie: scripts can read it",
    "sessions.ts",
    "Path=/; HttpOnly; SameSite=Lax",
    "Path=/; SameSite=Lax",
    "visits",
  ),
  mutant(
    "cookie: other sites send it along",
    "sessions.ts",
    "HttpOnly; SameSite=Lax",
    "HttpOnly; SameSite=None",
    "visits",
  ),
  mutant("cookie: it goes over http too", "sessions.ts", `? "; Secure" : ""`, `? "" : ""`, "visits"),
  mutant("cookie: its name binds it to nothing", "sessions.ts", `? "__Host-mfa" : "mfa"`, `? "mfa" : "mfa"`, "visits"),
  mutant(
    "session: it has no end",
    "sessions.ts",
    "if (signedOutAt(core, visit) > core.clock.now() && ",
    "if (",
    "visits",
  ),
  mutant(
    "session: what was ended elsewhere goes on",
    "sessions.ts",
    " && !isEndedElsewhere(visit)",
    "",
    "other-sessions",
  ),
  mutant(
    "session: signing in keeps the earlier id",
    "sign-in.ts",
    "  if (before) await endEarlier(core, before.id);\n",
    "",
    "visits",
  ),
  mutant("session: earning a proof leaves the id as it is", "sessions.ts", "    turnDue: true,\n", "", "session-turn"),
  mutant(
    "session: removing a method leaves the id as it is",
    "removal.ts",
    "({ ...session, turnDue: true })",
    "session",
    "session-turn",
  ),
  mutant(
    "session: an earlier id opens every door",
    "session-turn.ts",
    `return asked.door === "session" ? loadedAnew(core, earlier, asked) : null;`,
    "return loadedAnew(core, earlier, asked);",
    "session-turn",
  ),
  mutant(
    "session: an earlier id opens doors after the new one was used",
    "session-turn.ts",
    "  if (moved.used) return null;\n",
    "",
    "session-turn",
  ),
  mutant(
    "session: an earlier id has no end",
    "create-core.ts",
    "(moved ? TURN_SECONDS : settings.idleSeconds)",
    "settings.idleSeconds",
    "session-turn",
  ),
  mutant(
    "session: a repeated request under an earlier id is refused",
    "session-turn.ts",
    `if (asked.request !== "" && asked.request === moved.request) {`,
    `if (asked.request === "never") {`,
    "session-turn",
  ),
  mutant(
    "session: the earlier id is not ended by the use of the new one",
    "sessions.ts",
    "    if (!stored?.moved && visit.session.from !== null) await settleTurn(core, visit.id, visit.session.from);\n",
    "",
    "session-turn",
  ),
  mutant(
    "session: signing out leaves the earlier id",
    "handlers.ts",
    "      if (visit.session.from !== null) await endEarlier(core, visit.session.from);\n",
    "",
    "session-turn",
  ),
];

sessions.push(
  mutant(
    "session: a page that was loaded anew keeps the proof",
    "session-turn.ts",
    "const session = { ...newSession(createdAt), activeAt, person };",
    "const session = { ...earlier.session, moved: null };",
    "session-turn",
  ),
  mutant(
    "session: a repeated request is known by its key alone",
    "bff.ts",
    "`${bodyHash} ${key}`",
    "key",
    "session-turn",
  ),
  mutant(
    "session: a repeated request is handed the new id after it was used",
    "session-turn.ts",
    "if (visit && !moved.used)",
    "if (visit)",
    "session-turn",
  ),
  mutant(
    "session: what is under way brings a visit back that was signed out of",
    "session-turn.ts",
    "const there = stored ?? { ...session, moved: null, from: id };",
    "const there = { ...session, moved: null, from: id };",
    "session-turn",
  ),
);

const forms = [
  mutant(
    "form: bytes that are no UTF-8 are read",
    "json-form.ts",
    `new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })`,
    `new TextDecoder("utf-8", { fatal: false, ignoreBOM: true })`,
    "json-form",
  ),
  mutant(
    "form: a byte order mark is passed over",
    "json-form.ts",
    "fatal: true, ignoreBOM: true",
    "fatal: true, ignoreBOM: false",
    "json-form",
  ),
  mutant(
    "form: a name may be said twice",
    "json-form.ts",
    "names === countColons(text) ? { body } : null",
    "names < 0 ? null : { body }",
    "json-form",
  ),
  mutant("form: any depth", "json-form.ts", "if (depth === MAX_DEPTH)", "if (depth === 1e9)", "json-form"),
  mutant("form: any width", "json-form.ts", "if (names > MAX_KEYS)", "if (names > 1e9)", "json-form"),
  mutant("form: half characters", "json-form.ts", " || !isWhole(value)", "", "json-form"),
  mutant("form: NUL", "json-form.ts", `value.includes("\\0") || `, "", "json-form"),
];

const proofs = [
  mutant(
    "proof: it never grows old",
    "standing.ts",
    "provenAt > now - core.settings.proofSeconds * 1000 && ",
    "",
    "proof",
    "visits",
  ),
  mutant(
    "proof: what was proved before a method was added counts",
    "standing.ts",
    " && provenAt >= addedByAnother;",
    ";",
    "proof",
    "recovery-code",
    "visits",
  ),
  mutant(
    "proof: a password is enough whatever there is",
    "standing.ts",
    `credential?.kind === "mfaToken" && passwordIsAll)`,
    `credential?.kind === "mfaToken")`,
    "proof",
    "removal-standing",
  ),
  mutant(
    "proof: an mfa_token removes methods",
    "standing.ts",
    `const canRemove = proven && credential?.kind === "mfaJwt";`,
    "const canRemove = proven;",
    "ways-in",
  ),
  mutant(
    "proof: a code may outlive its credential",
    "standing.ts",
    "const canAdd = proven && hasTime;",
    "const canAdd = proven;",
    "time-to-enroll",
  ),
];

const addresses = [
  mutant(
    "address: whoever says so is believed",
    "trusted-proxies.ts",
    "if (!isTrusted(address) || familyOf(entry) === null) return address;",
    "if (familyOf(entry) === null) return address;",
    "trusted-proxies",
  ),
  mutant(
    "address: the first entry counts",
    "trusted-proxies.ts",
    "of entries.toReversed()",
    "of entries",
    "trusted-proxies",
  ),
  mutant(
    "address: the whole world may be trusted",
    "trusted-proxies.ts",
    'if (length < (family === "ipv4" ? 8 : 7) || length > longest) return null;',
    "if (length > longest) return null;",
    "trusted-proxies",
  ),
];

const load = [
  mutant(
    "load: what begins is taken in without bound",
    "load.ts",
    "(BEGINS.has(route) ? most : most * LAST)",
    "most * LAST",
    "load",
  ),
  mutant(
    "load: a body that does not come takes up room",
    "bff.ts",
    "    looked.bytes = await asked.body(limitOf(door));\n",
    "    tell.begin();\n    looked.bytes = await asked.body(limitOf(door));\n",
    "load",
  ),
  mutant("load: everything is taken in without bound", "load.ts", "if (inWork >= ", "if (inWork >= 1e9 + ", "load"),
];

const limits = [
  mutant(
    "limits: what cannot be read is a yes",
    "limiter.ts",
    `if (typeof count !== "number" || !Number.isSafeInteger(count)) throw new Error("A count could not be read.");`,
    "",
    "limiter",
  ),
  mutant(
    "limits: one more than there are",
    "limiter.ts",
    "if (count > one.limit.points) return",
    "if (count > one.limit.points + 1) return",
    "limiter",
  ),
  mutant(
    "limits: what was refused counts",
    "limiter.ts",
    "      if (refusedAt !== null) return { counts, endsAt };\n",
    "",
    "limiter",
  ),
  mutant(
    "limits: a key of Redis without an end is a yes",
    "redis-limiter.ts",
    'typeof ms === "number" && Number.isSafeInteger(ms) ? clock.now() + ms : Number.NaN',
    "clock.now() + Number(ms)",
    "redis-limiter",
  ),
  mutant(
    "limits: what a later count refuses stays taken from the earlier ones",
    "limiter.ts",
    "if (refusedAt !== null) return { counts, endsAt };",
    `if (refusedAt !== null) {
        for (const { key, limit } of asked.slice(0, refusedAt)) await add(key, 1, limit.windowSeconds);
        return { counts, endsAt };
      }`,
    "limiter",
    "velocity",
  ),
  mutant(
    "limits: Redis adds before it has looked at all counts",
    "redis-limiter.ts",
    "  if counts[at] > tonumber(ARGV[at * 3 - 2]) then return {left(at), unpack(counts)} end\n",
    "",
    "redis-limiter",
  ),
  mutant(
    "limits: a range that is ahead is a matter of the wider ones",
    "limiter.ts",
    "    if (one.stopsWhenPaid && count <= 0) break;\n",
    "",
    "limiter",
    "breaker",
  ),
  mutant(
    "limits: what is given back twice is there twice",
    "take-in-order.ts",
    "held.splice(0)",
    "held",
    "take-in-order",
  ),
  ...["visit", "ip", "contact", "prefix", "country", "domain", "day"].map((name) =>
    mutant(
      `limits: messages are not counted by ${name}`,
      "velocity.ts",
      "const own = countsOf(wanted, destination);",
      `const own = countsOf(wanted, destination).filter(({ name }) => name !== "${name}");`,
      "velocity",
    ),
  ),
  mutant(
    "limits: a message goes while the counts are down",
    "velocity.ts",
    `        report({ event: "limiter_down" });
        throw new Refused({ code: "service_unavailable" });
`,
    `        report({ event: "limiter_down" });
        return { refusedBy: null, counts: [], giveBack: async () => {} };
`,
    "velocity",
    "limits-at-the-door",
  ),
  mutant(
    "limits: a message whose answer was lost is given back",
    "velocity.ts",
    `told.is === "done" || told.is === "unclear"`,
    `told.is === "done"`,
    "velocity",
  ),
  mutant(
    "limits: a range may owe any number of codes",
    "velocity.ts",
    "const ranges = destination ? breaker.countsOf(destination) : [];",
    "const ranges = [];",
    "velocity",
  ),
  mutant(
    "limits: moving to the range beside helps",
    "breaker.ts",
    "const PREFIXES = [7, 6, 5, 4];",
    "const PREFIXES = [7];",
    "breaker",
  ),
  mutant(
    "limits: going from country to country helps",
    "breaker.ts",
    "limit: hourly(unenteredPerHour)",
    "limit: hourly(unenteredPerHour * 1e6)",
    "breaker",
  ),
  mutant(
    "limits: an entered code pays nothing",
    "breaker.ts",
    "if (owed > 0) await limiter.giveBack(",
    "if (owed > 1e9) await limiter.giveBack(",
    "breaker",
  ),
  mutant(
    "limits: a range can live on what others entered for ever",
    "breaker.ts",
    "const MOST_AHEAD = 10;",
    "const MOST_AHEAD = 1e6;",
    "breaker",
  ),
  ...["sign_in_name_here", "sign_in_ip", "sign_in_name", "sign_in_begun"].map((name) =>
    mutant(
      `limits: passwords are not counted by ${name}`,
      "sign-in-limits.ts",
      "await takeInOrder(limiter, counts)",
      `await takeInOrder(limiter, counts.filter(({ name }) => name !== "${name}"))`,
      "sign-in-limits",
    ),
  ),
  mutant(
    "limits: passwords are tried while the counts are down",
    "sign-in-limits.ts",
    `      throw new Refused({ code: "service_unavailable" });
`,
    `      return { refusedBy: null, counts: [], giveBack: async () => {} };
`,
    "sign-in-limits",
    "limits-at-the-door",
  ),
  mutant(
    "limits: a household of IPv6 is as many clients as it likes",
    "network-of.ts",
    "const NETWORK_GROUPS = 4;",
    "const NETWORK_GROUPS = 8;",
    "velocity",
    "sign-in-limits",
    "limits-at-the-door",
  ),
  mutant(
    "limits: the wait for the next message does not double",
    "budget.ts",
    "FIRST_COOLDOWN * 2 ** Math.max(0, sends - 1)",
    "FIRST_COOLDOWN",
    "waiting",
  ),
  mutant(
    "limits: an account's messages have no hour",
    "budget.ts",
    "const inHour = settings.sendsPerHour - counted.length;",
    "const inHour = settings.sendsPerHour;",
    "enrollment",
    "parallel-copies",
  ),
  mutant(
    "limits: an account's tries have no hour",
    "budget.ts",
    "const inHour = settings.triesPerHour - counted.length;",
    "const inHour = settings.triesPerHour;",
    "enrollment",
    "tries-at-one-code",
  ),
];

const changes = [
  mutant(
    "changes: two of one account run side by side",
    "changes.ts",
    `if (record.lease && record.lease.until > now) return { record: stored ?? record, result: "wait" };`,
    "",
    "idempotency",
    "lost-lease",
    "parallel-copies",
  ),
  mutant(
    "changes: a key answers for any body",
    "changes.ts",
    `          if (known && known.bodyHash !== change.bodyHash) throw new Refused({ code: "idempotency_key_reused" });
`,
    "",
    "idempotency",
  ),
  mutant(
    "changes: what was done is done again",
    "changes.ts",
    `          if (known?.done) return { record: stored ?? record, result: { refusal: known.refusal } };
`,
    "",
    "idempotency",
    "replays",
  ),
  mutant(
    "changes: what a lost node began is begun again",
    "changes.ts",
    `          if (known) return { record: stored ?? record, result: { refusal: null } };
`,
    "",
    "copies",
  ),
  mutant(
    "changes: a node that stood still calls the tenant all the same",
    "changes.ts",
    `      if (clock.now() >= claimedAt + LEASE_MS) throw new Refused({ code: "service_unavailable" });
`,
    "",
    "lost-lease",
  ),
];

/** Every mutant that is no guard's. */
export const OTHER_MUTATIONS = [
  ...seals,
  ...sessions,
  ...forms,
  ...proofs,
  ...addresses,
  ...load,
  ...limits,
  ...changes,
];
