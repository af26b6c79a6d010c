import { GatewayError } from "../errors.ts";
import type { GatewayOptions } from "../options.ts";
import type { Services } from "../services.ts";
import { Tickets } from "../tickets.ts";
import { whyNotOnlyHere } from "./development/only-here.ts";
import { bearers } from "./bearer.ts";
import { takeNotes } from "./login-notes.ts";
import { Logins } from "./logins.ts";
import { Renewals } from "./renewals.ts";
import { developmentProvider } from "./settings.ts";
import { SignIn } from "./sign-in.ts";

/** A page that asks to sign in may stand open for a while. */
const formTicketSeconds = 1_800;

interface SigningIn extends Pick<Services, "followStore" | "formTickets" | "logins" | "renewals" | "signIn"> {
  readonly bearerOf: ReturnType<typeof bearers>;
}

/** Who can sign in, and who has. */
export async function assembleSignIn(
  options: Pick<
    GatewayOptions,
    | "allowedOrigins"
    | "audit"
    | "auth"
    | "developer"
    | "editing"
    | "host"
    | "log"
    | "logins"
    | "now"
    | "recheckSeconds"
    | "store"
  >,
): Promise<SigningIn> {
  const { auth, developer, log, now } = options;
  const { records } = options.store;
  // Whoever starts a gateway has looked already; where everybody is whom they say, it is looked again.
  const why = auth?.providers.has(developmentProvider) === true ? whyNotOnlyHere(options) : undefined;
  if (why !== undefined)
    throw new GatewayError("ERR_DEVELOPMENT_SIGN_IN", `Only an author may sign in so, and ${why}.`);
  const isKnown = (provider: string): boolean =>
    auth === undefined ? provider !== developmentProvider : auth.providers.has(provider);
  const logins = await Logins.open({ ...options.logins, records, log, now, isKnown });
  const bearerOf = bearers({ logins, developer, now });
  const signIn = new SignIn({ auth, logins, records, log, now });
  const { audit } = options;
  const recheckMs = options.recheckSeconds * 1_000;
  const renewals = new Renewals({ logins, records, providers: signIn.providers, audit, log, now, recheckMs });
  const formTickets = new Tickets(formTicketSeconds, now);
  return {
    bearerOf,
    followStore: storeFollower({ logins, records, audit, log }),
    formTickets,
    logins,
    renewals,
    signIn,
  };
}

/** Acts on what other processes have done to sign-ins. A store that does not answer is told of once. */
function storeFollower({
  logins,
  records,
  audit,
  log,
}: Pick<GatewayOptions, "audit" | "log"> & {
  readonly logins: Logins;
  readonly records: GatewayOptions["store"]["records"];
}): Services["followStore"] {
  const state = { isFirst: true, hasFailed: false };
  return async () => {
    try {
      const isChanged = await logins.follow();
      // What was done while no gateway ran stands there from the beginning.
      if (isChanged || state.isFirst) await takeNotes(records, audit, log);
      state.isFirst = false;
      state.hasFailed = false;
    } catch (error) {
      if (!state.hasFailed) log.error({ err: error }, "The store of sign-ins cannot be followed.");
      state.hasFailed = true;
    }
  };
}
