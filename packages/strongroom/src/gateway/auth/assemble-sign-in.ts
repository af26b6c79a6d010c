import type { GatewayOptions } from "../options.ts";
import type { Services } from "../services.ts";
import { Tickets } from "../tickets.ts";
import { Logins } from "./logins.ts";
import { SignIn } from "./sign-in.ts";

/** A page that asks to sign in may stand open for a while. */
const formTicketSeconds = 1_800;

/** Who can sign in, and who has. */
export async function assembleSignIn(
  options: Pick<GatewayOptions, "auth" | "log" | "logins" | "now" | "store">,
): Promise<Pick<Services, "formTickets" | "logins" | "signIn">> {
  const { auth, log, now } = options;
  const { records } = options.store;
  const logins = await Logins.open({ ...options.logins, records, log, now });
  const signIn = new SignIn({ auth, logins, records, log, now });
  return { formTickets: new Tickets(formTicketSeconds, now), logins, signIn };
}
