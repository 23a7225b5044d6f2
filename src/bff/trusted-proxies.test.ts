import { describe, expect, test } from "vitest";
import { networkOf } from "./network-of.ts";
import { clientAddress, parseTrustedProxies } from "./trusted-proxies.ts";

const PROXY = "10.0.0.7";
const CLIENT = "203.0.113.9";
const isTrusted = trusting("10.0.0.0/8", "2001:db8:aa::/48", "192.0.2.1");

function trusting(...texts: string[]) {
  const parsed = parseTrustedProxies(texts);
  if (!parsed) throw new Error("The list is wrong.");
  return parsed;
}

describe("the client's address", () => {
  test("is the peer's where the operator has named no proxy, whatever the request claims", () => {
    const none = trusting();
    expect(clientAddress(CLIENT, ["198.51.100.1", "198.51.100.2"], none)).toBe(CLIENT);
    expect(clientAddress("127.0.0.1", ["198.51.100.1"], none)).toBe("127.0.0.1");
    expect(clientAddress(null, ["198.51.100.1"], none)).toBeNull();
  });

  test.each([
    ["one proxy", [CLIENT], CLIENT],
    ["a client that claims another address", [`198.51.100.1, ${CLIENT}`], CLIENT],
    ["a client that claims to be a proxy's client in a line of its own", ["198.51.100.1", CLIENT], CLIENT],
    ["a chain of proxies", [`198.51.100.1, ${CLIENT}, 10.1.1.1, 192.0.2.1`], CLIENT],
    ["a chain that begins inside", ["10.2.2.2, 10.1.1.1"], "10.2.2.2"],
    ["an IPv6 client", ["2001:db8:1::5"], "2001:db8:1::5"],
    ["an IPv4 address written as IPv6", [`::ffff:${CLIENT}`], CLIENT],
    ["nothing at all", [], PROXY],
    ["an empty line", [""], PROXY],
    ["what is no address", ["unknown"], PROXY],
    ["an address with a port", [`${CLIENT}:443`], PROXY],
    ["an address with a zone", ["fe80::1%eth0"], PROXY],
    ["an address in a form that some read as octal", ["0313.0.113.9"], PROXY],
    ["rubbish at the end", [`${CLIENT}, ;--`], PROXY],
    ["a header name as value", [`for=${CLIENT}`], PROXY],
  ])("behind a trusted proxy is the last that no proxy has: %s", (_, lines, expected) => {
    expect(clientAddress(PROXY, lines, isTrusted)).toBe(expected);
    expect(clientAddress(`::ffff:${PROXY}`, lines, isTrusted)).toBe(expected);
    expect(clientAddress("2001:db8:aa::1", lines, isTrusted)).toBe(expected === PROXY ? "2001:db8:aa::1" : expected);
  });

  test.each([
    ["10.0.0.0/33"],
    ["10.0.0.0/0"],
    ["::/0"],
    ["2001:db8::/129"],
    ["10.0.0.0/8/8"],
    ["10.0.0.0/x"],
    ["10.0.0.0/"],
    ["proxy.example.com"],
    ["10.0.0"],
    ["fe80::1%eth0"],
    ["*"],
  ])("cannot be learned from a list with %s", (text) => {
    expect(parseTrustedProxies(["10.0.0.1", text])).toBeNull();
  });
});

describe("the network that a client has to itself", () => {
  test.each([
    [CLIENT, CLIENT],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:DB8:0001:2::", "2001:db8:1:2"],
    ["2001:db8::5", "2001:db8:0:0"],
    ["::1", "0:0:0:0"],
    ["2001:db8:1:2:ffff::", "2001:db8:1:2"],
  ])("of %s is %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
