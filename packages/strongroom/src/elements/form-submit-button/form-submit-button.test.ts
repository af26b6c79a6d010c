import { expect, test } from "vitest";
import { st } from "../../st.ts";
import { openPage } from "../../testing/testing.ts";

test("is refused outside of a form", async () => {
  await using page = await openPage(() => st.formSubmitButton("Send"));
  expect(page.errors).toEqual([expect.objectContaining({ code: "ERR_OUTSIDE_FORM" })]);
});

test("stays the button of its form when a form before it goes", async () => {
  const pressed: boolean[] = [];
  let hasFirst = true;
  await using page = await openPage(() => {
    if (hasFirst) st.form("first", (form) => form.formSubmitButton());
    pressed.push(st.form("second", (form) => form.formSubmitButton()));
    hasFirst = false;
  });
  const second = page.findAll("formSubmitButton")[1];
  page.send({ trigger: { id: second?.id ?? "" } });
  await page.settled();
  expect(pressed).toEqual([false, true]);
});

test("calls back when the answers of its form are there", async () => {
  const seen: unknown[] = [];
  await using page = await openPage(() =>
    st.form("who", (form) => {
      form.textInput("Name", { key: "name" });
      form.formSubmitButton("Send", { onClick: () => seen.push(st.sessionState["name"]) });
    }),
  );
  await page.answer("Name", "Bob");
  await page.press("Send");
  expect(seen).toEqual(["Bob"]);
});
