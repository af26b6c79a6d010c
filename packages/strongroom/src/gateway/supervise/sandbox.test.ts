import { createServer } from "node:http";
import { expect, test } from "vitest";
import { testPool } from "../../../../../tests/running/pool-session.ts";
import { findPrograms } from "./programs.ts";
import { ownPackage } from "./readable.ts";
import { sandboxes, type SandboxChoice } from "./sandbox.ts";

const nothing = { bubblewrap: undefined, setpriv: undefined };

function ways(choice: SandboxChoice, programs = findPrograms()) {
  const folders = { appFolder: "/app", script: "/app/app.ts", stateFolder: "/app/.strongroom/state" };
  return sandboxes(choice, { ...folders, own: ownPackage(), network: "none", heapMb: 100, programs });
}

test("a sandbox that is demanded and not there stops the start, and says what to install", async () => {
  await expect(ways("bubblewrap", nothing)).rejects.toMatchObject({
    code: "ERR_POOL_REFUSED",
    message: expect.stringContaining("apt install bubblewrap"),
  });
});

test("without bubblewrap one line says so, and what would help", async () => {
  const found = await ways("auto", nothing);
  expect(found.map(({ line, isWalled }) => [line, isWalled])).toEqual([
    [expect.stringMatching(/^Node permissions only: .*bubblewrap/), false],
  ]);
});

test("a sandbox that is declined is not looked for", async () => {
  const found = await ways("none");
  expect(found.map(({ isWalled }) => isWalled)).toEqual([false]);
});

test.skipIf(findPrograms().bubblewrap === undefined)(
  "walls come first, and only walls where they are demanded",
  async () => {
    expect((await ways("auto")).map(({ isWalled }) => isWalled)).toEqual(
      expect.arrayContaining([true, false]),
    );
    expect((await ways("auto"))[0]?.isWalled).toBe(true);
    expect((await ways("bubblewrap")).every(({ isWalled }) => isWalled)).toBe(true);
  },
);

test.each(["auto", "none"] as const)(
  'network = "host" opens the network, and nothing else does: sandbox %s',
  async (sandbox) => {
    const server = createServer((_, response) => response.end("an answer")).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const page = `import { st } from "strongroom";
st.text("heard " + (await fetch("http://localhost:${port}").then((answer) => answer.text(), (error) => String(error.cause?.code))));
`;
    for (const [network, heard] of [
      ["host", "heard an answer"],
      ["none", "heard ERR_NETWORK_CLOSED"],
    ] as const) {
      await using app = await testPool({ "app.ts": page }, { runner: { sandbox, network } });
      await (await app.open()).shows(heard);
    }
    server.close();
  },
);
