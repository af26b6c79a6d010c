import { describe, expect, test } from "vitest";
import { st } from "../st.ts";
import { openPage } from "../testing/testing.ts";

describe("a widget that is required", () => {
  test("begins empty all the same, and takes no empty answer", async () => {
    const seen: unknown[] = [];
    await using page = await openPage(() => void seen.push(st.textInput("Name", { required: true })));
    const { id } = page.find("textInput");
    for (const value of ["", " ", "\u00a0"])
      expect(await page.forge({ values: { [id]: value } })).toEqual({ taken: false, code: "invalid-value" });
    await page.answer("Name", "Ann");
    expect(await page.forge({ values: { [id]: "" } })).toEqual({ taken: false, code: "invalid-value" });
    expect(seen).toEqual(["", "Ann"]);
  });

  test("keeps its form from being sent until it is answered, whatever the browser says", async () => {
    const sent: unknown[] = [];
    await using page = await openPage(() => {
      const { isSent, ...values } = st.form("all", (form) => ({
        name: form.textInput("Name", { required: true }),
        age: form.numberInput("Age", { value: null, required: true }),
        day: form.dateInput("Days", { value: ["2026-01-01", null], required: true }),
        size: form.radio("Size", ["S", "M"], { index: null, required: true }),
        some: form.multiselect("Some", ["a", "b"], { required: true }),
        sure: form.checkbox("Sure", { required: true }),
        closed: form.textInput("Closed", { required: true, disabled: true }),
        isSent: form.formSubmitButton("Send"),
      }));
      if (isSent) sent.push(values);
    });
    const values: Record<string, unknown> = {};
    const answers = {
      Name: "Ann",
      Age: 0,
      Days: ["2026-01-01", "2026-01-02"],
      Size: "M",
      Some: ["a"],
      Sure: true,
    };
    const trigger = { id: page.find("formSubmitButton").id };
    for (const [label, answer] of Object.entries(answers)) {
      expect(await page.forge({ values, trigger })).toEqual({ taken: false, code: "invalid-value" });
      const element = ["textInput", "numberInput", "dateInput", "radio", "multiselect", "checkbox"]
        .flatMap((kind) => page.findAll(kind, label))
        .at(0);
      values[element?.id ?? ""] = answer;
    }
    expect(sent).toEqual([]);
    expect(await page.forge({ values, trigger })).toEqual({ taken: true });
    expect(sent).toMatchObject([{ name: "Ann", age: 0, size: "M", some: ["a"], sure: true }]);
  });
});

describe("a widget that is bound to the URL", () => {
  const regions = ["EU", "US", "APAC"] as const;
  const region = (): string => st.selectbox("Region", regions, { key: "region", bind: "query-params" });

  test("begins with what the URL says, and writes what is chosen there", async () => {
    const seen: string[] = [];
    await using page = await openPage(() => void seen.push(region()), { query: "region=US&other=1" });
    expect(page.find("selectbox").value).toBe("US");
    await page.answer("Region", "APAC");
    expect(new URLSearchParams(page.query).get("region")).toBe("APAC");
    // What it has by itself is left out.
    await page.answer("Region", "EU");
    expect(page.query).toBe("other=1");
    expect(seen).toEqual(["US", "APAC", "EU"]);
  });

  test("drops what does not fit, which no code of the author ever sees", async () => {
    for (const query of ["region=Mars", "region=", "region=__proto__", "region=eu", "region=EU%00"]) {
      const seen: unknown[] = [];
      await using page = await openPage(() => void seen.push(region(), st.sessionState["region"]), { query });
      expect(seen).toEqual(["EU", "EU"]);
      expect(page.query).toBe("");
    }
  });

  test("takes nothing from the URL while it is disabled, and nothing empty where it is required", async () => {
    await using page = await openPage(
      () => {
        st.checkbox("Admin", { key: "admin", bind: "query-params", disabled: true });
        st.textInput("Name", { key: "name", bind: "query-params", value: "Ann", required: true });
      },
      { query: "admin=true&name=" },
    );
    expect([page.find("checkbox").value, page.find("textInput").value]).toEqual([false, "Ann"]);
    expect(page.query).toBe("");
  });

  test("follows the viewer who goes back and forth", async () => {
    await using page = await openPage(region, { query: "region=US" });
    await page.answer("Region", "APAC");
    await page.goToQuery("region=US");
    expect(page.find("selectbox").value).toBe("US");
    await page.goToQuery("");
    expect(page.find("selectbox").value).toBe("EU");
    await page.answer("Region", "US");
    expect(page.query).toBe("region=US");
  });

  test("keeps its answer over a restore, and holds the newer one against the URL", async () => {
    await using page = await openPage(region, { query: "region=US" });
    await page.answer("Region", "APAC");
    await page.restore();
    expect([page.find("selectbox").value, page.query]).toEqual(["APAC", "region=APAC"]);
    await page.answer("Region", "US");
    expect(page.query).toBe("region=US");
  });

  test("leaves the URL while it is not shown, and returns with its answer", async () => {
    let isShown = true;
    await using page = await openPage(() => {
      if (isShown) region();
      st.text(String(st.sessionState["region"]));
      st.button("Again");
    });
    await page.answer("Region", "US");
    isShown = false;
    await page.press("Again");
    expect([page.query, page.has("text", "US")]).toEqual(["", true]);
    isShown = true;
    await page.press("Again");
    expect([page.query, page.find("selectbox").value]).toEqual(["region=US", "US"]);
  });

  test("is not bound to what says how the app looks in a frame", async () => {
    await using page = await openPage(() => {
      st.selectbox("Look", ["true"], { key: "embed", bind: "query-params" });
    });
    expect(page.find("exception").props["message"]).toContain("how the app looks in a frame");
  });

  test("is only read by st.queryParams", async () => {
    let write = (): void => undefined;
    await using page = await openPage(() => {
      st.button("Again");
      region();
      write();
      st.text(st.queryParams["region"] ?? "none");
    });
    await page.answer("Region", "US");
    for (write of [
      () => void (st.queryParams["region"] = "EU"),
      () => st.queryParams.clear(),
      () => st.queryParams.delete("region"),
    ]) {
      await page.press("Again");
      expect(page.find("exception").props["message"]).toContain("st.sessionState.region");
      expect(page.query).toBe("region=US");
    }
    write = () => void (st.queryParams["other"] = "1");
    await page.press("Again");
    expect([page.query, page.has("text", "US")]).toEqual(["region=US&other=1", true]);
  });

  test("needs a key, and is never a password", async () => {
    await using none = await openPage(() => st.checkbox("Sure", { bind: "query-params" }));
    expect(none.errors).toEqual([expect.objectContaining({ code: "ERR_BAD_OPTION" })]);
    await using password = await openPage(() =>
      st.textInput("Password", { type: "password", key: "word", bind: "query-params" }),
    );
    expect(password.errors).toEqual([expect.objectContaining({ code: "ERR_BAD_OPTION" })]);
  });

  test("writes every kind of answer so that people can read it, and reads it again", async () => {
    const bound = (key: string) => ({ key, bind: "query-params" }) as const;
    const script = (): void => {
      st.checkbox("Sure", bound("sure"));
      st.slider("Share", { minValue: 0, maxValue: 1, step: 0.1, ...bound("share") });
      st.slider("Days", { value: ["2026-01-01", "2026-01-05"], ...bound("days") });
      st.numberInput("Gate", { value: 5, ...bound("gate") });
      st.numberInput("None", { value: null, ...bound("none") });
      st.multiselect("Some", ["a", "b", "c"], { default: ["a"], ...bound("some") });
      st.dateInput("From", { value: ["2026-01-01", null], ...bound("from") });
      st.textInput("Name", { value: "Ann", ...bound("name") });
    };
    await using page = await openPage(script);
    expect(page.query).toBe("");
    const answers = {
      Sure: true,
      Share: 0.3,
      Days: [20_456, 20_457],
      Gate: -7,
      None: 0,
      Some: [],
      From: [null, null],
      Name: "5",
    };
    for (const [label, answer] of Object.entries(answers)) await page.answer(label, answer);
    expect(page.query).toBe(
      "sure=true&share=0.3&days=2026-01-03&days=2026-01-04&gate=-7&none=0&some=&from=&from=&name=5",
    );
    await using again = await openPage(script, { query: page.query });
    expect(again.tree().map(({ value }) => value)).toEqual(page.tree().map(({ value }) => value));
    await using part = await openPage(script, { query: "some=c&some=c&some=gone&sure=yes&share=0.35&none=" });
    expect(part.tree().map(({ value }) => value)).toEqual([
      false,
      0,
      [20_454, 20_458],
      5,
      null,
      ["c"],
      ["2026-01-01", null],
      "Ann",
    ]);
    expect(part.query).toBe("some=c");
  });

  test("leaves out of the URL what is too long for one", async () => {
    await using page = await openPage(() => st.textArea("Story", { key: "story", bind: "query-params" }));
    await page.answer("Story", "short");
    expect(page.query).toBe("story=short");
    await page.answer("Story", "x".repeat(9_000));
    expect([page.query, page.errors]).toEqual(["", []]);
    await page.restore();
    expect(page.find("textArea").value).toHaveLength(9_000);
  });
});

describe("a widget with `persistState`", () => {
  const pagesWith = (persistState: "page" | "session") => {
    const seen: string[] = [];
    let isShown = true;
    const script = (): void => {
      if (isShown) seen.push(st.textInput("Name", { key: "name", persistState }));
      st.text(`State ${String(st.sessionState["name"])}`);
      st.button("Again");
    };
    return { seen, script, show: (shown: boolean) => void (isShown = shown) };
  };

  test("keeps its answer while it is not shown, also over a restore", async () => {
    const { script, show } = pagesWith("page");
    await using page = await openPage(script);
    await page.answer("Name", "Ann");
    show(false);
    await page.press("Again");
    await page.restore();
    expect(page.has("text", "State Ann")).toBe(true);
    show(true);
    await page.press("Again");
    expect(page.find("textInput").value).toBe("Ann");
  });

  test("of a page is forgotten on another one, of the session not", async () => {
    for (const [persistState, kept] of [
      ["page", ""],
      ["session", "Ann"],
    ] as const) {
      const { script } = pagesWith(persistState);
      await using page = await openPage(script, { pages: { other: () => st.text("Other") } });
      await page.answer("Name", "Ann");
      await page.goTo("other");
      await page.restore();
      await page.goTo("");
      expect(page.find("textInput").value).toBe(kept);
    }
  });

  test("lends its answer to no other widget that has its key on another page", async () => {
    const { script } = pagesWith("session");
    await using page = await openPage(script, {
      pages: { other: () => st.textInput("Name", { key: "name" }) },
    });
    await page.answer("Name", "Ann");
    await page.goTo("other");
    expect(page.find("textInput").value).toBe("");
  });

  test("needs a key", async () => {
    await using page = await openPage(() => st.textInput("Name", { persistState: "page" }));
    expect(page.errors).toEqual([expect.objectContaining({ code: "ERR_BAD_OPTION" })]);
  });
});
