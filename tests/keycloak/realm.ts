import { realm } from "./keycloak.ts";

export const clientId = "strongroom-app";
export const clientSecret = "keycloak-client-secret-4711";
export const password = "alice-password-4711";

/** A realm as an operator would set one up: a client, two people, a group, and groups among the claims. */
export function realmFor(origin: string): object {
  const person = (username: string, groups: readonly string[]): object => ({
    username,
    enabled: true,
    email: `${username}@example.com`,
    emailVerified: true,
    firstName: username,
    lastName: "Example",
    credentials: [{ type: "password", value: password, temporary: false }],
    groups,
  });
  return {
    realm,
    enabled: true,
    sslRequired: "none",
    groups: [{ name: "finance" }],
    users: [person("alice", ["/finance"]), person("bob", [])],
    clients: [
      {
        clientId,
        secret: clientSecret,
        enabled: true,
        publicClient: false,
        standardFlowEnabled: true,
        directAccessGrantsEnabled: false,
        redirectUris: [`${origin}/oauth2callback`],
        attributes: {
          "pkce.code.challenge.method": "S256",
          "post.logout.redirect.uris": `${origin}/`,
          "backchannel.logout.url": `${origin}/_strongroom/backchannel-logout`,
          "backchannel.logout.session.required": "true",
        },
        protocolMappers: [
          {
            name: "groups",
            protocol: "openid-connect",
            protocolMapper: "oidc-group-membership-mapper",
            config: {
              "claim.name": "groups",
              "full.path": "false",
              "id.token.claim": "true",
              "access.token.claim": "true",
              "userinfo.token.claim": "true",
            },
          },
        ],
      },
    ],
  };
}
