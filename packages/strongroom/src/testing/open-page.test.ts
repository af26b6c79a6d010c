import { describe, expect, test } from "vitest";
import { st } from "../st.ts";
import { openPage } from "./testing.ts";

describe("a page that is opened in process", () => {
  const script = (): void => {
    st.title("Orders");
    const name = st.textInput("**Name**", { key: "name" });
    st.form("note", (form) => {
      form.textArea("Note");
      form.formSubmitButton("Send");
    });
    st.text(`Hello ${name}`);
  };

  test("is found in by kind, by label and by text, however marked up", async () => {
    await using page = await openPage(script);
    expect(page.find("textInput", "Name").id).toBe("textInput#name");
    expect(page.find("title", "Orders").kind).toBe("title");
    expect(page.findAll("text", "Hello ")).toHaveLength(1);
    expect(page.has("button")).toBe(false);
    expect(page.element("main").children).toHaveLength(4);
  });

  test("says what stands there when something does not", async () => {
    await using page = await openPage(script);
    expect(() => page.find("button", "Go")).toThrow(/No button "Go" stands.*title Orders.*textInput Name/);
    expect(() => page.element("nowhere")).toThrow(/No element "nowhere"/);
    await expect(page.answer("Nobody", 1)).rejects.toThrow(/No widget "Nobody"/);
  });

  test("is answered by id and by label, and says what it does not take", async () => {
    await using page = await openPage(script);
    await page.answer("Name", "Ada");
    await page.answer("textInput#name", "Grace");
    expect(page.has("text", "Hello Grace")).toBe(true);
    await expect(page.answer("Name", 7)).rejects.toThrow(/did not take this: invalid-value/);
  });

  test("keeps answers in a form until that is sent", async () => {
    await using page = await openPage(script);
    await page.answer("Note", "kept");
    expect(page.find("textArea").value).toBe("");
    await page.press("Send");
    expect(page.find("textArea").value).toBe("kept");
  });

  test("needs an answer to queries before it takes any", async () => {
    await using page = await openPage(() => st.connection("shop").query`select 1`);
    expect(page.find("exception").props["message"]).toContain("onQuery");
  });
});
