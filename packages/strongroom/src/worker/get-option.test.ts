import { expect, test } from "vitest";
import { openPage } from "../testing/open-page.ts";
import { st } from "../st.ts";

const options = { "server.port": 8501, "server.allowedOrigins": ["https://a.example"], "theme.font": null };

test("options are read by name, as copies", async () => {
  const read: unknown[] = [];
  await using page = await openPage(
    () => {
      read.push(
        st.getOption("server.port"),
        st.getOption("theme.font"),
        st.getOption("server.allowedOrigins"),
      );
      (st.getOption("server.allowedOrigins") as string[]).push("x");
    },
    { options },
  );
  await page.goToQuery("again");
  expect(read).toEqual([8501, undefined, ["https://a.example"], 8501, undefined, ["https://a.example"]]);
});

test.each([
  ["server.prot", /such as "server\.port"/],
  ["toString", /such as "server\.port"/],
  [undefined, /such as "server\.port"/],
])("%s is refused with what there is", async (name, message) => {
  await using page = await openPage(() => st.getOption(name as string), { options });
  expect(page.find("exception").props["message"]).toMatch(message);
});
