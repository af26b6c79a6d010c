/** As much of it as the tests use: the package comes without types. */
declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  export type Configuration = Readonly<Record<string, unknown>>;

  export default class Provider {
    constructor(issuer: string, configuration: Configuration);
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
    on(event: string, heard: (context: Context) => void): void;
    readonly Client: { find(id: string): Promise<Client | undefined> };
  }

  interface Context {
    readonly oidc: { readonly params?: Readonly<Record<string, unknown>> };
  }

  interface Client {
    backchannelLogout(subject: string, sid: string): Promise<void>;
  }
}
