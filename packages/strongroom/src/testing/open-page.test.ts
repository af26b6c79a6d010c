import { describe, expect, test } from "vitest";
import { st } from "../st.ts";
import { openPage, type TestUser } from "./testing.ts";

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

describe("a page that somebody opens", () => {
  const salaries = (): void => st.title("Salaries of all");
  const app = (): void => st.write(st.user.isLoggedIn ? st.user["email"] : "Hello");
  const access = { allow: ["*@company.com"], pages: { salaries: ["group:hr"] } };
  const alice = { email: "alice@company.com", groups: ["hr"] };
  const open = (user?: TestUser, page?: string) =>
    openPage(app, {
      pages: { salaries },
      access,
      ...(user === undefined ? {} : { user }),
      ...(page === undefined ? {} : { page }),
    });

  test("tells the script who that is", async () => {
    await using page = await open(alice);
    expect(page.refusal).toBeUndefined();
    expect(JSON.stringify(page.tree()).includes("alice@company.com")).toBe(true);
    await page.goTo("salaries");
    expect(page.has("title", "Salaries of all")).toBe(true);
    await page.restore();
    expect(page.has("title", "Salaries of all")).toBe(true);
  });

  test.each<[string, TestUser | undefined, string, string]>([
    ["has not signed in", undefined, "", "sign-in"],
    ["is of another company", { email: "eve@evil.example" }, "", "not-allowed"],
    ["has an address that nobody verified", { ...alice, email_verified: false }, "", "not-allowed"],
    ["is not of the group", { ...alice, groups: ["sales"] }, "salaries", "not-allowed"],
  ])("is refused, and nothing runs, where they %s", async (_, user, at, refusal) => {
    await using page = await open(user, at);
    expect(page.refusal).toBe(refusal);
    expect(page.tree()).toEqual([]);
    expect(page.messages).toEqual([]);
    await expect(page.goTo("")).rejects.toThrow("does not see this page");
  });

  test("has no page that is for others: not listed, not reached", async () => {
    await using page = await open({ ...alice, groups: ["sales"] });
    expect(await page.forge({ page: "salaries" })).toEqual({ taken: false, code: "unknown-page" });
    expect(JSON.stringify(page.messages)).not.toContain("salaries");
  });

  test("is not opened by a rule that no server would start with", async () => {
    await expect(openPage(app, { access: { allow: ["alice at company.com"] } })).rejects.toThrow(
      "A rule of access",
    );
  });
});
