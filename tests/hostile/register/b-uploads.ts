import { http, under, unit, type Ask, type Entry } from "./entry.ts";

const uploadTests = "packages/strongroom/src/gateway/uploads/uploads.test.ts";
const ticket = "X-Strongroom-Ticket: (ticket)";
const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>';

/** One file for the page's widget, which takes CSV, PNG and XLSX. */
function put(name: string, body: string, status: number, headers: readonly string[] = []): Ask {
  return {
    line: "PUT /_strongroom/upload/(slot)",
    as: "page",
    headers: [ticket, `X-Strongroom-Name: ${name}`, ...headers],
    body,
    status: [status],
  };
}

export const uploads: readonly Entry[] = [
  {
    id: "B01",
    title: "Which kinds of files are taken was decided in the browser.",
    against: "gateway",
    outcome: "415 from the gateway, by name and by content; the worker hears nothing of it.",
    attempts: [
      http([
        put("a.csv", "a,b\n1,2\n", 200),
        put("a.exe", "MZ\x90\0\x03\0\0\0", 415),
        put("a.csv", "MZ\x90\0\x03\0\0\0", 415),
        put("a.csv", "\x7fELF\x02\x01\x01\0", 415),
        put("a.png", "#!/bin/sh\nid\n", 415),
        put("a.png", "GIF89a<script>", 415),
        put("a.png", svg, 415),
        put("a.xlsx", "%PDF-1.7", 415),
        put("a.CSV.exe", "a,b", 415),
        put("a.php", "<?php ?>", 415),
        put("a", "a,b", 415),
        put("a.csv%20", "a,b", 415),
        put("a.csv.", "a,b", 415),
      ]),
    ],
    provenBy: [
      `${uploadTests} › a program that is named as a table, a path, and an ending that nobody asked for are refused`,
    ],
  },
  {
    id: "B03",
    title: "An uploaded page or picture with a script ran on the app's own origin.",
    against: "gateway",
    outcome:
      "Uploads have no address; what an app hands out has a sandbox, runs nothing, and is a download unless it is passive.",
    attempts: [
      unit("type of a download", "application/octet-stream", [
        "text/html",
        "text/html; charset=utf-8",
        "application/xhtml+xml",
        "text/javascript",
        "application/javascript",
        "text/xml",
        "application/xml",
        "text/css",
        "multipart/x-mixed-replace",
        "application/x-shockwave-flash",
        "image/svg+xml, text/html",
        "image/svg+xml\r\nX: y",
        "TEXT/HTML",
        "text/plain; charset=utf-7",
        "text/plain; charset=utf-16",
        "",
      ]),
      http(under([404, 405], "GET /_strongroom/uploaded/(slot)/(token)", [["-Origin"]], { as: "viewer" })),
    ],
    provenBy: [
      "packages/strongroom/src/gateway/handles.test.ts › are there for their own viewer only, and only while the page shows them",
    ],
  },
  {
    id: "B04",
    title: "Any web page could send files to an app on the visitor's own machine.",
    against: "gateway",
    outcome: "403: an upload needs our own origin, a cookie, and a ticket that serves once.",
    attempts: [
      http(
        under(
          403,
          "PUT /_strongroom/upload/(slot)",
          [
            ["Origin: https://attacker.example"],
            ["Origin: null"],
            ["-Origin"],
            ["Origin: (origin).attacker.example"],
            ["Sec-Fetch-Site: cross-site"],
            ["Sec-Fetch-Site: same-site"],
            ["Sec-Fetch-Site: none"],
            ["-Cookie"],
            ["X-Strongroom-Ticket: (token)"],
            ["-X-Strongroom-Ticket"],
            ["X-Strongroom-Ticket: (ticket), (ticket)"],
          ].map((change) => ["X-Strongroom-Ticket: (ticket)", "X-Strongroom-Name: a.csv", ...change]),
          { as: "page", body: "a,b" },
        ),
        under([400, 405], "POST /_strongroom/upload/(slot)", [[ticket]], { as: "page", body: "a,b" }),
      ),
    ],
    provenBy: [
      `${uploadTests} › another viewer, another site, no ticket, a used one, and a slot that nobody opened get nothing in`,
    ],
  },
  {
    id: "B05",
    title: "A form in many parts, or with an endless boundary, ate the server.",
    against: "gateway",
    outcome:
      "There is no reader of multipart forms: an upload is one body of known length, and anything else is refused before it is read.",
    attempts: [
      http([
        put("a.csv", "", 413, ["Transfer-Encoding: chunked", "-Content-Length"]),
        put("a.csv", "a,b", 413, ["Content-Length: 99999999999999"]),
        put("a.csv", "a,b", 400, ["Content-Length: -1"]),
        put("a.csv", "a,b", 400, ["Content-Length: 0x10"]),
        put("a.csv", "a,b", 400, ["Content-Length: 3", "+Content-Length: 4"]),
        {
          line: "POST /_strongroom/ticket",
          as: "page",
          headers: [`Content-Type: multipart/form-data; boundary=${"b".repeat(8_000)}`],
          body: `--${"b".repeat(8_000)}\r\n`.repeat(20),
          status: [413],
        },
      ]),
      {
        kind: "source",
        files: /^package-lock\.json$/,
        lacks: /"node_modules\/(busboy|multer|formidable|@fastify\/multipart|multiparty)"/,
      },
    ],
  },
  {
    id: "B06",
    title: "Temporary files stayed where an upload was cut off.",
    against: "gateway",
    outcome: "There are none: uploads are held in memory, and what was cut off is gone.",
    provenBy: [
      `tests/hostile/uploads.test.ts › uploads that are cut off anywhere leave nothing, in memory or on a disk`,
    ],
  },
  {
    id: "B07",
    title: "A small packed file unpacked to more than there was memory.",
    against: "worker",
    outcome: "Tables are unpacked in a process of their own, up to a limit, and the page reads which one.",
    provenBy: [
      "packages/strongroom/src/worker/reader/read-table.test.ts › does not unpack bombs, and does not count what nobody looks at",
      "tests/hostile/reader-bombs.test.ts › a workbook that lies about its size is not unpacked to more than it says",
      "tests/hostile/reader-bombs.test.ts › a Parquet file whose one value stands in a hundred thousand rows is not written out",
      "packages/strongroom/src/gateway/supervise/readers.test.ts › one that takes memory beside its heap is ended",
    ],
  },
  {
    id: "B08",
    title: "Files were taken for sessions that did not exist.",
    against: "gateway",
    outcome: "404 for a place that no widget of this viewer's opened; nothing is read.",
    attempts: [
      http(
        under(404, "PUT /_strongroom/upload/(token)", [[ticket, "X-Strongroom-Name: a.csv"]], {
          as: "page",
          body: "a,b",
        }),
        under([404, 400], "PUT /_strongroom/upload/(session)", [[ticket, "X-Strongroom-Name: a.csv"]], {
          as: "page",
          body: "a,b",
        }),
        under(404, "PUT /_strongroom/upload/__proto__", [[ticket, "X-Strongroom-Name: a.csv"]], {
          as: "page",
          body: "a,b",
        }),
        under([403, 404], "DELETE /_strongroom/uploaded/(token)/f-(token)", [[ticket]], { as: "page" }),
      ),
    ],
    provenBy: [`${uploadTests} › a file is read by the session that it was sent to, and by no other`],
  },
  {
    id: "B10",
    title: "A spreadsheet changed the prototype of all objects, or kept its reader busy for ever.",
    against: "worker",
    outcome:
      "Files are read by a process that reads one and ends, with limits on time and memory; its answer is decoded by a closed schema.",
    provenBy: [
      "packages/strongroom/src/worker/reader/read-table.test.ts › does not unpack bombs, and does not count what nobody looks at",
      "packages/strongroom/src/gateway/supervise/readers.test.ts › a reader that never ends is ended, and those that wait behind it are read",
      "packages/strongroom/src/elements/table-data.test.ts › survives objects without a prototype, circles and hostile names",
    ],
  },
  {
    id: "B11",
    title: "Cells that begin as formulas ran in the spreadsheet of who opened the export.",
    against: "browser",
    outcome: "A cell that would be a formula is written behind an apostrophe.",
    provenBy: ["packages/strongroom/src/browser/grid/grid-text.test.ts › a spreadsheet does not run %j"],
  },
  {
    id: "B12",
    title: "A crafted picture, opened in a tab of its own, ran a script.",
    against: "gateway",
    outcome: "Pictures come with a sandbox and a policy under which nothing runs, and with nosniff.",
    provenBy: [
      "tests/hostile/markup.test.ts › a picture with a script in it runs nothing, on the page or in a tab of its own",
    ],
  },
  {
    id: "B13",
    title: "A document viewer in the page ran the script of a document.",
    against: "browser",
    outcome:
      "There is no viewer of documents: a PDF is a download, and the policy allows no plug-in and no frame.",
    cannot: "no element shows documents of other programs.",
  },
];
