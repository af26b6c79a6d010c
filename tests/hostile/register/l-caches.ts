import { asks, http, under, type Entry } from "./entry.ts";

const keys = "packages/strongroom/src/worker/cache-key.test.ts";

export const caches: readonly Entry[] = [
  {
    id: "L01",
    title: "A large value was hashed by a sample of it, so that two had one key.",
    against: "worker",
    outcome: "The whole argument is hashed.",
    provenBy: [
      `${keys} › large lists that differ in one place, whichever it is`,
      `${keys} › pictures that differ in their palette alone`,
    ],
  },
  {
    id: "L02",
    title: "Two arguments, set one behind the other, had the key of one.",
    against: "worker",
    outcome: "Every argument is encoded with its kind and length.",
    provenBy: [
      `${keys} › the published collisions`,
      `${keys} › a million random tuples of arguments: unequal ones never share a key, equal ones always do`,
    ],
  },
  {
    id: "L03",
    title: "A cache in front gave out the answer to somebody else's question.",
    against: "gateway",
    outcome:
      "Only the build's own files may be kept, under names that say what they hold; headers and addresses that would poison a cache change nothing or are refused.",
    attempts: [
      http(
        under(
          200,
          "GET /",
          [
            "X-Forwarded-Host: zqxinacache",
            "X-Forwarded-Scheme: http",
            "X-Original-URL: /zqxinacache",
            "X-Forwarded-Port: 1",
            "Accept: text/zqxinacache",
            "X-Host: zqxinacache",
            "Next-Router-Prefetch: 1",
            "Purpose: prefetch",
            "Sec-Purpose: prefetch",
          ],
          { lacks: ["zqxinacache"], has: { "cache-control": "no-store" } },
        ),
        asks(
          [400, 404],
          [
            "GET /zqxinacache.css",
            "GET /;zqxinacache.js",
            "GET /%3fzqxinacache.css",
            "GET /%23zqxinacache.css",
            "GET /%0azqxinacache.css",
            "GET //zqxinacache.css",
            "GET /..%2fzqxinacache.css",
            "GET /_strongroom/ticket;x.css",
          ],
          { as: "viewer", has: { "cache-control": "no-store" } },
        ),
        asks(405, ["POST /zqxinacache.css", "PURGE /", "PURGE /zqxinacache"], {
          has: { "cache-control": "no-store" },
        }),
        under(421, "GET /", ["Host: zqxinacache.example"], { has: { "cache-control": "no-store" } }),
      ),
    ],
  },
  {
    id: "L05",
    title: "Who had the address of a file had the file, without a session.",
    against: "gateway",
    outcome: "403 without the viewer's cookie, 404 with another's.",
    attempts: [
      http(
        asks(403, [
          "GET /_strongroom/bytes/(token)",
          "GET /_strongroom/bytes/(session)",
          "HEAD /_strongroom/bytes/(token)",
        ]),
        asks([404], ["GET /_strongroom/bytes/(token)?cookie=(cookie)"], { as: "viewer" }),
      ),
    ],
    provenBy: [
      "packages/strongroom/src/gateway/handles.test.ts › are there for their own viewer only, and only while the page shows them",
    ],
  },
  {
    id: "L06",
    title: "What was asked for with one user's rights was in everybody's cache.",
    against: "worker",
    outcome:
      "A function whose value is for all sees nothing of a viewer, and asks nothing with a viewer's rights; a viewer's values are that viewer's.",
    provenBy: [
      "packages/strongroom/src/worker/cache-view.test.ts › nothing is asked with one viewer's rights",
      "packages/strongroom/src/worker/cache-view.test.ts › two viewers, a thousand calls each: none reads what is the other's",
      "packages/strongroom/src/gateway/cache/shared-cache.test.ts › of a viewer reaches all tabs of that viewer, and nobody else",
    ],
  },
];
