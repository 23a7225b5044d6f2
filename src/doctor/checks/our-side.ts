import { servesAny } from "../../contract/phone-policy.ts";
import { type Finding, ok } from "../finding.ts";
import type { Ours } from "../ours.ts";

/** Looks at the server's own settings: what it would refuse to start with, and what would leave people with nothing to choose. */
export function checkSettings(ours: Ours): Finding[] {
  const wrong = ours.problems.map((problem): Finding => {
    const [name = "settings"] = /^[A-Z0-9_]+/.exec(problem) ?? [];
    return {
      id: `setting-${name.toLowerCase().replaceAll("_", "-")}`,
      level: "fail",
      title: `Setting ${name}`,
      saw: problem,
      why: "The server refuses to start like this, so nobody can enroll.",
      mend: { here: `Set ${name}; the README's table of settings says what it takes.` },
    };
  });
  return wrong.length > 0 ? wrong : [ok("settings", "Settings", "every setting can be read"), publicUrl(ours)];
}

/** The settings refuse http elsewhere than on loopback, so a readable address has one of two kinds of cookie. */
function publicUrl({ publicUrl }: Ours): Finding {
  const address = publicUrl ?? "";
  const cookie = address.startsWith("https:")
    ? "https, so the session's cookie is bound to this host and to https"
    : "http on this machine alone, with a plain cookie: fine for trying, never for people";
  return ok("public-url", "Public address and cookie", `${address}: ${cookie}`);
}

/** Looks at which channels would be offered to anybody at all. */
export function checkChannels({ channels, phonePolicy }: Ours): Finding[] {
  const phone = (["sms", "voice"] as const).filter((channel) => channels.includes(channel));
  const silent = phone.filter((channel) => !servesAny(phonePolicy[channel]));
  if (silent.length === 0) return [ok("channels", "Channels on offer", channels.join(", "))];
  return silent.map((channel): Finding => {
    const name = channel.toUpperCase();
    return {
      id: `${channel}-policy-empty`,
      level: silent.length === channels.length ? "fail" : "warn",
      title: `Numbers by ${channel === "sms" ? "text" : "call"}`,
      saw: `MFA_CHANNELS offers ${channel}, but MFA_${name}_COUNTRIES and MFA_${name}_KINDS allow no number at all.`,
      why: `The channel is not offered to anybody${silent.length === channels.length ? ", and there is no other" : ""}.`,
      mend: {
        here: `Set MFA_${name}_COUNTRIES (such as US,CA or all) and MFA_${name}_KINDS, or take ${channel} out of MFA_CHANNELS.`,
      },
    };
  });
}

/** Says whether the Redis that is set answers. `reached` is null where none is set. */
export function checkRedis(reached: boolean | null): Finding[] {
  if (reached === null) {
    return [
      ok("redis", "Store", "none is set: records live in the server's memory, for one node and until it restarts"),
    ];
  }
  if (reached) return [ok("redis", "Store", "the Redis at REDIS_URL answers")];
  return [
    {
      id: "redis-unreachable",
      level: "fail",
      title: "Store",
      saw: "The Redis at REDIS_URL does not answer from this machine.",
      why: "The server keeps every visit there; without it nobody can sign in or enroll.",
      mend: { here: "Start it, or mend REDIS_URL: its host, port, user, password, and rediss:// where it speaks TLS." },
    },
  ];
}
