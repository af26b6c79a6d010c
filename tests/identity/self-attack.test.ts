import { expect, test } from "vitest";
import { openToAll } from "../../packages/strongroom/src/gateway/access/access.ts";
import { AppWithSignIn } from "./app-with-sign-in.ts";

test("an app with sign-in attacks itself at its acts of signing in and out as well, and lets nothing in", async () => {
  for (const allow of ["anyone", "signed-in"] as const) {
    await using app = await AppWithSignIn.start({ gateway: { access: { ...openToAll, allow } } });
    expect(await app.under.gateway.attackSelf()).toBeGreaterThan(60);
  }
});
