import { authSettings, type AuthSettings } from "../../packages/strongroom/src/gateway/auth/settings.ts";
import type { GatewayOptions } from "../../packages/strongroom/src/gateway/options.ts";
import type { Json } from "../../packages/strongroom/src/wire/schema.ts";
import { GatewayUnderTest } from "../gateway/gateway-under-test.ts";
import { freePort } from "./free-port.ts";
import { authSection, TestProvider } from "./provider.ts";
import { Visitor, type Answered } from "./browser-without-screen.ts";

type StartOptions = Parameters<typeof TestProvider.start>[0];

type Section = Readonly<Record<string, Json>>;

/** A gateway and a provider that know each other. */
export class AppWithSignIn implements AsyncDisposable {
  readonly under: GatewayUnderTest;
  readonly provider: TestProvider;
  readonly auth: AuthSettings;
  readonly origin: string;
  /** The origin, and the path below which the app lives. */
  readonly home: string;
  readonly #visitors: Visitor[] = [];

  private constructor(
    under: GatewayUnderTest,
    provider: TestProvider,
    { origin, home, auth }: Pick<AppWithSignIn, "origin" | "home" | "auth">,
  ) {
    this.auth = auth;
    this.home = home;
    this.under = under;
    this.provider = provider;
    this.origin = origin;
  }

  static async start(
    given: {
      readonly provider?: Partial<StartOptions>;
      /** What `[auth]` says beside, or instead of, the provider; it may hang on the provider's issuer. */
      readonly section?: Section | ((issuer: string) => Section);
      readonly gateway?: Partial<GatewayOptions>;
    } = {},
  ): Promise<AppWithSignIn> {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const base = given.gateway?.base ?? "";
    const home = `${origin}${base}`;
    const redirectUri = `${home}/oauth2callback`;
    const provider = await TestProvider.start({
      redirectUri,
      backchannelLogoutUri: `${home}/_strongroom/backchannel-logout`,
      ...given.provider,
    });
    const section = {
      ...authSection(redirectUri, provider),
      ...(typeof given.section === "function" ? given.section(provider.issuer) : given.section),
    };
    const auth = authSettings({ section, places: {}, isOnLoopback: true, base });
    const under = await GatewayUnderTest.start({ port, auth, ...given.gateway });
    return new AppWithSignIn(under, provider, { origin, home, auth });
  }

  visitor(): Visitor {
    const visitor = new Visitor();
    this.#visitors.push(visitor);
    return visitor;
  }

  /** What a page of ours asks for: our own origin, a fresh ticket. */
  async act(visitor: Visitor, path: string, query: Record<string, string> = {}): Promise<Answered> {
    const headers = { origin: this.origin, "sec-fetch-site": "same-origin" };
    const asked = await visitor.go(`${this.home}/_strongroom/ticket`, { method: "POST", headers });
    // Who may not open the app has the page that says so, and its form.
    const ticket =
      asked.status === 200
        ? (JSON.parse(asked.body) as { ticket: string }).ticket
        : (/ticket=([\w-]{43})/.exec((await visitor.go(`${this.home}/`)).body)?.[1] ?? "");
    const all = new URLSearchParams({ ticket, ...query });
    return visitor.go(`${this.home}${path}?${all}`, { method: "POST", headers });
  }

  /** Begins a sign-in; answers where the browser goes. */
  async begin(visitor: Visitor, query: Record<string, string> = {}): Promise<URL> {
    if (!visitor.cookies(new URL(this.origin).host).includes("strongroom-viewer"))
      await visitor.go(`${this.home}/`);
    const answered = await this.act(visitor, "/_strongroom/login", query);
    if (answered.status !== 200) throw new Error(`Sign-in answered ${answered.status}: ${answered.body}`);
    return new URL((JSON.parse(answered.body) as { to: string }).to);
  }

  readonly isCallback = (url: URL): boolean => url.href.startsWith(`${this.home}/oauth2callback?`);

  /** Signs in as somebody, up to where the provider leads back. */
  async toCallback(visitor: Visitor, name = "alice", query: Record<string, string> = {}): Promise<URL> {
    return visitor.passProvider(await this.begin(visitor, query), name, this.isCallback);
  }

  /** The whole of it. */
  async signIn(visitor: Visitor, name = "alice", query: Record<string, string> = {}): Promise<Answered> {
    return visitor.go(await this.toCallback(visitor, name, query));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const visitor of this.#visitors) visitor[Symbol.dispose]();
    await this.provider[Symbol.asyncDispose]();
    await this.under[Symbol.asyncDispose]();
  }
}
