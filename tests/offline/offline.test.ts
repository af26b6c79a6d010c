import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { watch, whyNoNamespace } from "./namespace.ts";

const why = whyNoNamespace();
if (why !== undefined) console.warn(`Nobody looks at what leaves the machine: ${why}.`);

// `npm run test:offline` looks at the whole suite.
test.skipIf(why !== undefined)(
  "a server that starts, and a browser that visits it, send nothing to anywhere else",
  () => {
    const { code, output, packets } = watch([
      process.execPath,
      fileURLToPath(new URL("visit.ts", import.meta.url)),
    ]);
    expect(output).toContain("visited");
    expect([code, packets]).toEqual([0, []]);
  },
);

test.skipIf(why !== undefined).each([
  ["a name that is looked up", `require("dns").resolve4("example.com", () => process.exit(0))`],
  ["a connection", `require("net").connect(443, "198.51.100.1").on("error", () => {})`],
  ["a connection by IPv6", `require("net").connect(443, "2001:db8:1::1").on("error", () => {})`],
  ["a datagram", `require("dgram").createSocket("udp4").send("x", 9, "198.51.100.1", () => process.exit(0))`],
])("%s would be seen", (_, code) => {
  const { packets } = watch([process.execPath, "-e", `setTimeout(() => process.exit(0), 1000); ${code}`]);
  expect(packets.length).toBeGreaterThan(0);
});
