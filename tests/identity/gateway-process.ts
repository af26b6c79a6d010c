/** A gateway in a process of its own: run by itself, with what it needs to know as JSON. */
import { openToAll } from "../../packages/strongroom/src/gateway/access/access.ts";
import { authSettings } from "../../packages/strongroom/src/gateway/auth/settings.ts";
import { sqliteStore } from "../../packages/strongroom/src/gateway/store/sqlite-store.ts";
import type { Json } from "../../packages/strongroom/src/wire/schema.ts";
import { GatewayUnderTest } from "../gateway/gateway-under-test.ts";

export interface Told {
  /** The file that several share. */
  readonly store: string;
  /** In base 16. */
  readonly key: string;
  readonly port: number;
  readonly origins: readonly string[];
  readonly section: Readonly<Record<string, Json>>;
  readonly allow: string[];
  readonly recheckSeconds: number;
}

// What the test that starts this one has written.
const told = JSON.parse(process.argv[2] ?? "") as Told;
const under = await GatewayUnderTest.start({
  port: told.port,
  store: sqliteStore(told.store, Buffer.from(told.key, "hex")),
  auth: authSettings({ section: told.section, places: {}, isOnLoopback: true, base: "" }),
  allowedOrigins: told.origins,
  access: { ...openToAll, allow: told.allow },
  recheckSeconds: told.recheckSeconds,
});
console.log(`ready ${under.host}`);
