import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { jsonAnswer, textAnswer, writeAnswer, type Answer } from "../../http/answer.ts";
import { aside } from "../../http/security-headers.ts";
import { goingOnPage } from "../../http/sign-in-page.ts";
import type { ClaimNames } from "../../access/may.ts";
import { createServer } from "../../node-http.ts";
import { newToken } from "../../tokens.ts";
import { callbackPath, developmentProvider, type AuthSettings, type ProviderSettings } from "../settings.ts";
import { Grants, isSame } from "./grants.ts";
import { peoplePage } from "./people-page.ts";
import { claimsOf, readPerson, type Person } from "./person.ts";

const clientId = "strongroom-development";
const maxBodyBytes = 20_000;
const maxPeople = 6;
const firstPeople: readonly Person[] = [
  { email: "alice@example.com", name: "Alice", groups: ["admins"], roles: [] },
  { email: "bob@example.com", name: "Bob", groups: [], roles: [] },
];

/** One request, read. */
interface Asked {
  readonly query: URLSearchParams;
  readonly body: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
}

/**
 * A provider of identities where whoever asks is whom they say, so that an app's sign-in can be tried without an account.
 * It speaks OpenID Connect as others do, at a port of this machine, with a key and a client's secret of its own that end
 * with it; nothing of the gateway knows that it is not a real one.
 */
export class DevelopmentProvider {
  readonly auth: AuthSettings;
  readonly #server: Server;
  readonly #origin: string;
  readonly #claims: ClaimNames;
  readonly #grants: Grants;
  readonly #secret = newToken();
  #people = firstPeople;
  readonly #routes: Readonly<Record<string, (asked: Asked) => Answer | Promise<Answer>>> = {
    "GET /.well-known/openid-configuration": () => this.#metadata(),
    "GET /keys": () => jsonAnswer({ keys: this.#grants.keys }),
    "GET /authorize": (asked) => this.#refused(asked) ?? peoplePage(actionOf(asked), this.#people),
    "POST /authorize": (asked) => this.#refused(asked) ?? this.#authorize(asked),
    "POST /token": (asked) => this.#token(asked),
    "GET /end-session": ({ query }) => this.#endSession(query),
  };

  private constructor(server: Server, appUrl: string, claims: ClaimNames) {
    this.#server = server;
    // Bound to a port: its address is an object.
    this.#origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.#claims = claims;
    this.#grants = new Grants(this.#origin, clientId);
    const settings: ProviderSettings = {
      name: developmentProvider,
      clientId,
      clientSecret: this.#secret,
      metadataUrl: new URL(`${this.#origin}/.well-known/openid-configuration`),
      parameters: { scope: "openid email profile" },
    };
    this.auth = {
      redirectUri: new URL(`${appUrl}${callbackPath}`),
      providers: new Map([[developmentProvider, settings]]),
    };
    server.on("request", (request, response) => {
      void this.#answer(request)
        .catch(() => textAnswer(400, "A request of a sign-in was expected."))
        .then((answer) => writeAnswer(response, answer, { place: aside, isHead: request.method === "HEAD" }));
    });
  }

  /** Starts it, for the app at that URL. Claims are named as the app's rules read them. */
  static async start(appUrl: string, claims: ClaimNames): Promise<DevelopmentProvider> {
    const server = createServer({ requestTimeout: 10_000 });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ host: "127.0.0.1", port: 0, exclusive: true }, resolve);
    });
    return new DevelopmentProvider(server, appUrl, claims);
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const { method = "", url = "/", headers } = request;
    // A foreign name that leads here would let a foreign page read what is answered.
    if (`http://${headers.host}` !== this.#origin) return textAnswer(421, "Another host was expected.");
    const { pathname, searchParams: query } = new URL(url, this.#origin);
    const route = this.#routes[`${method} ${pathname}`];
    if (route === undefined) return textAnswer(404, "There is nothing here.");
    return route({ query, headers, body: new URLSearchParams(await bodyOf(request)) });
  }

  #metadata(): Answer {
    const at = (path: string): string => `${this.#origin}${path}`;
    return jsonAnswer({
      issuer: this.#origin,
      authorization_endpoint: at("/authorize"),
      token_endpoint: at("/token"),
      jwks_uri: at("/keys"),
      end_session_endpoint: at("/end-session"),
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      grant_types_supported: ["authorization_code"],
      id_token_signing_alg_values_supported: ["ES256"],
      code_challenge_methods_supported: ["S256"],
      token_endpoint_auth_methods_supported: ["client_secret_post"],
      authorization_response_iss_parameter_supported: true,
    });
  }

  /** What is not exactly as the gateway asks is no sign-in of its: nobody is led back anywhere. */
  #refused({ query }: Asked): Answer | undefined {
    const isOurs =
      query.get("client_id") === clientId &&
      query.get("redirect_uri") === this.auth.redirectUri.href &&
      query.get("response_type") === "code" &&
      query.get("code_challenge_method") === "S256" &&
      [query.get("code_challenge"), query.get("state"), query.get("nonce")].every((text) => text !== null);
    return isOurs ? undefined : textAnswer(400, "A sign-in that the app has begun was expected.");
  }

  #authorize({ query, body, headers }: Asked): Answer {
    if (headers.origin !== this.#origin) return textAnswer(403, "A form of this page was expected.");
    const back = new URL(this.auth.redirectUri);
    back.searchParams.set("iss", this.#origin);
    back.searchParams.set("state", query.get("state") ?? "");
    if (body.has("cancel")) {
      back.searchParams.set("error", "access_denied");
      return goingOnPage(back.href);
    }
    const person = readPerson(body);
    if (person === undefined)
      return peoplePage(actionOf({ query }), this.#people, "Expected: an address such as alice@example.com");
    const others = this.#people.filter((known) => JSON.stringify(known) !== JSON.stringify(person));
    this.#people = [person, ...others].slice(0, maxPeople);
    const [nonce, challenge] = [query.get("nonce") ?? "", query.get("code_challenge") ?? ""];
    const claims = claimsOf(person, this.#claims);
    back.searchParams.set("code", this.#grants.issue({ claims, nonce, challenge }));
    return goingOnPage(back.href);
  }

  async #token({ body }: Asked): Promise<Answer> {
    const refused = (status: number, error: string): Answer => ({ ...jsonAnswer({ error }), status });
    const isClient =
      body.get("client_id") === clientId && isSame(body.get("client_secret") ?? "", this.#secret);
    if (!isClient) return refused(401, "invalid_client");
    if (body.get("grant_type") !== "authorization_code") return refused(400, "unsupported_grant_type");
    if (body.get("redirect_uri") !== this.auth.redirectUri.href) return refused(400, "invalid_grant");
    const tokens = await this.#grants.redeem(body.get("code") ?? "", body.get("code_verifier") ?? "");
    return tokens === undefined ? refused(400, "invalid_grant") : jsonAnswer(tokens);
  }

  /** It remembers nobody: there is only the way back. */
  #endSession(query: URLSearchParams): Answer {
    const home = new URL(".", this.auth.redirectUri).href;
    const isHome = query.get("post_logout_redirect_uri") === home;
    return isHome ? { status: 303, headers: { Location: home } } : textAnswer(200, "You are signed out.");
  }
}

function actionOf({ query }: Pick<Asked, "query">): string {
  return `/authorize?${query.toString()}`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new RangeError("A short body was expected.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
