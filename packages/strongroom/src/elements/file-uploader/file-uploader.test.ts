import { expect, test } from "vitest";
import { st } from "../../st.ts";
import { openPage } from "../../testing/testing.ts";
import { decode, encode } from "../../worker/codec.ts";
import { UploadedFile, uploadedFiles } from "../../worker/uploaded-file.ts";
import { acceptOf } from "./file-uploader-accept.server.ts";

const fact = { id: `f-${"A".repeat(43)}`, name: "a.csv", type: "text/csv", size: 3 };

test("answers the file that was sent, with its bytes, and keeps it over a restore", async () => {
  const seen: unknown[] = [];
  await using page = await openPage(async () => {
    const file = st.fileUploader("Orders", { type: "csv" });
    seen.push(file === null ? null : [file.name, file.size, await file.text()]);
  });
  await page.upload("Orders", [{ name: "a.csv", bytes: "a,b\n1,2\n" }]);
  await page.restore();
  expect(page.errors).toEqual([]);
  expect(seen).toEqual([null, ["a.csv", 8, "a,b\n1,2\n"], ["a.csv", 8, "a,b\n1,2\n"]]);
});

test("refuses the id of a file that another widget was sent, and one that nobody was", async () => {
  await using page = await openPage(() => {
    st.fileUploader("One");
    st.fileUploader("Two");
  });
  await page.upload("One", [{ name: "a.csv", bytes: "a" }]);
  const { value } = page.find("fileUploader", "One");
  const { id } = page.find("fileUploader", "Two");
  expect(await page.forge({ values: { [id]: value } })).toEqual({ taken: false, code: "invalid-value" });
  const made = [`f-${"A".repeat(43)}`];
  expect(await page.forge({ values: { [id]: made } })).toEqual({ taken: false, code: "invalid-value" });
});

test("forgets a file that is gone, and says so to who reads it", async () => {
  let text = "";
  await using page = await openPage(async () => {
    const file = st.fileUploader("Orders");
    const state = st.sessionState as { lost?: boolean };
    if (file === null) text = "nothing";
    else if (state.lost === true) text = "still there";
    else text = await file.text();
  });
  await page.upload("Orders", [{ name: "a.csv", bytes: "abc" }]);
  expect(text).toBe("abc");
  page.lose((page.find("fileUploader").value as readonly string[])[0] ?? "");
  await page.goToQuery("again=1");
  expect(text).toBe("nothing");
  expect(page.find("fileUploader").value).toEqual([]);
});

test("is known to session state from run to run and over a restore, and read from there", async () => {
  const seen: unknown[] = [];
  await using page = await openPage(async () => {
    const { sessionState } = st;
    const file = st.fileUploader("Orders");
    if (file !== null) sessionState.basket = { files: [file] };
    const { files } = (sessionState.basket ?? { files: [] }) as { files: readonly UploadedFile[] };
    for (const one of files) seen.push([one instanceof UploadedFile, one.name, await one.text()]);
  });
  await page.upload("Orders", [{ name: "a.csv", bytes: "a,b" }]);
  await page.restore();
  expect(page.errors).toEqual([]);
  expect(seen).toEqual(Array(2).fill([true, "a.csv", "a,b"]));
});

test("is gone with the server: who reads it hears that, and its viewer is asked to choose it again", async () => {
  const seen: unknown[] = [];
  await using page = await openPage(async () => {
    const { sessionState } = st;
    const file = st.fileUploader("Orders");
    if (file !== null) sessionState.file = file;
    const kept = sessionState.file as UploadedFile | undefined;
    if (kept !== undefined) seen.push(await kept.text().catch((error: unknown) => error));
  });
  await page.upload("Orders", [{ name: "a.csv", bytes: "abc" }]);
  expect(page.find("fileUploader").props["gone"]).toBeUndefined();
  page.lose((page.find("fileUploader").value as readonly string[])[0] ?? "");
  await page.restore();
  expect(seen).toMatchObject([
    "abc",
    { code: "ERR_FILE_GONE", message: expect.stringContaining("a.csv") as string },
  ]);
  expect(page.find("fileUploader")).toMatchObject({ value: [], props: { gone: true } });
  await page.goToQuery("again=1");
  expect(page.find("fileUploader").props["gone"]).toBe(true);
  await page.upload("Orders", [{ name: "b.csv", bytes: "b" }]);
  expect(page.find("fileUploader").props["gone"]).toBeUndefined();
  expect(seen.at(-1)).toBe("b");
});

test("a state that names no file is refused, and another value of a class still is", () => {
  expect(() => decode(encode(new UploadedFile(fact), uploadedFiles))).toThrow("known tag");
  expect(decode(encode([new UploadedFile(fact)], uploadedFiles), uploadedFiles)).toEqual([
    new UploadedFile(fact),
  ]);
  const forged = { nameOf: () => ({ id: "../etc/passwd" }), byName: () => ({}) };
  expect(() => decode(encode(new URL("a:b"), forged), uploadedFiles)).toThrow("called");
  expect(() => encode(new URL("a:b"), uploadedFiles)).toThrow("an instance of URL");
});

test("stands in a form, which sends its files", async () => {
  let sizes: readonly number[] = [];
  await using page = await openPage(() => {
    const form = st.form("f");
    const files = form.fileUploader("Parts", { acceptMultipleFiles: true });
    if (form.formSubmitButton("Send")) sizes = files.map(({ size }) => size);
  });
  await page.upload("Parts", [
    { name: "a.txt", bytes: "a" },
    { name: "b.txt", bytes: "bb" },
  ]);
  expect(sizes).toEqual([]);
  await page.press("Send");
  expect(sizes).toEqual([1, 2]);
});

test("reads what is asked for in each of the ways to say it", () => {
  expect(acceptOf(["csv", ".JPG", "image", "text/plain"])).toEqual({
    extensions: [".csv", ".jpg", ".jpeg"],
    types: ["image/*", "text/plain"],
  });
  for (const wrong of ["", "a b", "*/*", "../x", "x/y/z"]) expect(() => acceptOf(wrong)).toThrow("`type`");
});
