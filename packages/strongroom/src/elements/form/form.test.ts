import { expect, expectTypeOf, test } from "vitest";
import { st } from "../../st.ts";
import { openPage } from "../../testing/testing.ts";
import type { Container } from "../container.ts";
import { form } from "./form.server.ts";

test("answers what its callback answers, once it was sent", async () => {
  await using page = await openPage(() => {
    const { name, isSent } = st.form("who", (who) => ({
      name: who.textInput("Name", { value: "Ann" }),
      isSent: who.formSubmitButton("Send"),
    }));
    st.text(`${name} ${isSent}`);
  });
  await page.answer("Name", "Bob");
  expect(page.find("text").props["text"]).toBe("Ann false");
  await page.press("Send");
  expect(page.find("text").props["text"]).toBe("Bob true");
});

test("goes back to its first answers after the run that saw them", async () => {
  const seen: string[] = [];
  await using page = await openPage(() =>
    st.form(
      "who",
      (who) => {
        seen.push(who.textInput("Name"));
        who.formSubmitButton("Send");
      },
      { clearOnSubmit: true },
    ),
  );
  await page.answer("Name", "Bob");
  await page.press("Send");
  expect(seen).toEqual(["", "Bob"]);
  expect(page.find("textInput").value).toBe("");
});

test("is refused inside of another, and twice by one key", async () => {
  await using nested = await openPage(() => st.form("outer", () => st.form("inner", () => 1)));
  expect(nested.errors).toEqual([expect.objectContaining({ code: "ERR_NESTED_FORM" })]);
  await using twice = await openPage(() => {
    st.form("one", () => 1);
    st.form("one", () => 1);
  });
  expect(twice.errors).toEqual([expect.objectContaining({ code: "ERR_DUPLICATE_KEY" })]);
});

test("takes no plain button, and no callback but that of its submit button", async () => {
  await using button = await openPage(() => st.form("who", (who) => who.button("Go")));
  expect(button.errors).toEqual([expect.objectContaining({ code: "ERR_BAD_OPTION" })]);
  await using callback = await openPage(() =>
    st.form("who", (who) => who.checkbox("Sure", { onChange: () => 1 })),
  );
  expect(callback.errors).toEqual([expect.objectContaining({ code: "ERR_BAD_OPTION" })]);
});

test("is typed by its callback", () => {
  const values = () =>
    form("who", (who) => ({ name: who.textInput("Name"), size: who.selectbox("Size", ["S", "M"]) }));
  const later = () => form("who", async (who) => who.checkbox("Sure"));
  const handle = () => form("who", { clearOnSubmit: true });
  expectTypeOf(values).returns.toEqualTypeOf<{ name: string; size: "S" | "M" }>();
  expectTypeOf(later).returns.toEqualTypeOf<Promise<boolean>>();
  expectTypeOf(handle).returns.toEqualTypeOf<Container>();
});
