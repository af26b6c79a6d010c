import { expect, test } from "vitest";
import { clientAddress, trustedProxies } from "./client-address.ts";

const proxies = trustedProxies(["127.0.0.1", "10.0.0.0/8", "fd00::/8"]);

test.each<[string, string | undefined, string | undefined, string]>([
  ["a direct connection", "203.0.113.9", undefined, "203.0.113.9"],
  ["a header of somebody who is no proxy", "203.0.113.9", "198.51.100.1", "203.0.113.9"],
  ["one proxy", "127.0.0.1", "203.0.113.9", "203.0.113.9"],
  ["one proxy that came over IPv6", "::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9"],
  ["two proxies", "127.0.0.1", "203.0.113.9, 10.1.2.3", "203.0.113.9"],
  ["an IPv6 viewer", "fd00::1", "2001:db8::7", "2001:db8::7"],
  ["what the viewer wrote before", "127.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"],
  ["a proxy's name that the viewer wrote", "127.0.0.1", "10.9.9.9, 203.0.113.9", "203.0.113.9"],
  ["a proxy that says nothing", "127.0.0.1", undefined, "127.0.0.1"],
  ["what is no address", "127.0.0.1", "unknown", "127.0.0.1"],
  ["an address with a port", "127.0.0.1", "203.0.113.9:80", "127.0.0.1"],
  ["a closed connection", undefined, "203.0.113.9", ""],
  ["proxies alone", "127.0.0.1", "10.1.1.1", "10.1.1.1"],
  ["an empty header", "127.0.0.1", "", "127.0.0.1"],
  ["an endless header", "127.0.0.1", "10.0.0.1,".repeat(10_000), "127.0.0.1"],
])("%s", (_, connected, forwarded, expected) => {
  expect(clientAddress(connected, forwarded, proxies)).toBe(expected);
});

test("without trusted proxies no header counts", () => {
  expect(clientAddress("127.0.0.1", "203.0.113.9", trustedProxies([]))).toBe("127.0.0.1");
});

test.each(["proxy.example.com", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "*", "::1/129", "10.0.0.1/x"])(
  "a proxy is an address or a network, and not %s",
  (text) => {
    expect(() => trustedProxies([text])).toThrow(expect.objectContaining({ code: "ERR_PROXY" }));
  },
);
