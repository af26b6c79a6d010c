import { deflateRawSync } from "node:zlib";
import { utils, write } from "@e965/xlsx";
import { parquetWriteBuffer } from "hyparquet-writer";
import { expect, test } from "vitest";
import type { Reading } from "../../wire/reading.ts";
import { listed } from "./read-problem.ts";
import { readTable } from "./read-table.ts";
import { archiveOf } from "../../../../../tests/running/archive.ts";

const csv = { kind: "csv", header: true, numbers: true } as const;
const read = (content: string | Buffer, reading: Reading) => readTable(Buffer.from(content), reading);
const problem = async (content: string | Buffer, reading: Reading): Promise<string> => {
  const table = await read(content, reading);
  return table.ok ? "" : table.message;
};

test("reads CSV: quotes, line ends, numbers where a column has nothing else, and no row that was not asked for", async () => {
  const text = 'id,zip,"na""me",id\r\n1,01234,"two\nlines",a\r\n2.5,99999,,b\r\n';
  const names = ["id", "zip", 'na"me', "id 2"];
  expect(await read(text, csv)).toEqual({
    ok: true,
    names,
    columns: [
      [1, 2.5],
      ["01234", "99999"],
      ["two\nlines", null],
      ["a", "b"],
    ],
  });
  expect(await read("a;b\n1;2\n3;4\n", { ...csv, maxRows: 1 })).toMatchObject({ columns: [[1], [2]] });
  expect(await read("1,2\n", { ...csv, header: false, numbers: false })).toMatchObject({
    names: ["column 1", "column 2"],
    columns: [["1"], ["2"]],
  });
  expect(await read("", csv)).toEqual({ ok: true, names: [], columns: [] });
  expect(await read(Buffer.from("\ufeffé\n1\n", "utf16le"), csv)).toMatchObject({ names: ["é"] });
});

test("says in which line and column CSV goes wrong", async () => {
  expect(await problem('a,b\n"1\n2",3\n4\n', csv)).toMatch(
    /^Line 4, column 2: 2 fields were expected.* there are 1\.$/,
  );
  expect(await problem("a,b\n1,2,3\n", csv)).toMatch(/^Line 2, column 3:/);
  expect(await problem('a,b\n1,"2\n3,4\n', csv)).toMatch(/^Line 2, column 2: a quotation mark/);
  expect(await problem('a;b\n1;2\n"x"y;4\n', csv)).toMatch(/^Line 3, column 1: a quotation mark/);
  expect(await problem("a,b\n1,2\n\n\n\n3\n", csv)).toMatch(/^Line 6, column 2:/);
  expect(await problem("a,b\r\n\r\n3\r\n", csv)).toMatch(/^Line 3, column 2:/);
  expect(await problem("a,b\r1,2\r3\r", csv)).toMatch(/^Line 3, column 2:/);
});

test("says where text is not of its encoding, instead of reading something else, and reads one that is named", async () => {
  const latin = Buffer.from("Stra\xdfe;Ort\nA;K\xf6ln\n", "latin1");
  expect(await problem(latin, csv)).toMatch(/^Line 1, column 1: text in UTF-8 .* encoding: "windows-1252"/);
  expect(await problem(Buffer.from("a;b\n\u00e9;K\xf6ln\n", "latin1"), csv)).toMatch(/^Line 2, column 1:/);
  const second = Buffer.concat([Buffer.from('a;b\n"\u00e9\n";'), Buffer.from("K\xf6ln\n", "latin1")]);
  expect(await problem(second, csv)).toMatch(/^Line 3, column 2:/);
  expect(await problem(Buffer.from('{"a":1}\n{"a":"\xe9"}', "latin1"), { kind: "jsonLines" })).toMatch(
    /^Line 2, column 7: text in UTF-8 was expected\.$/,
  );
  expect(await readTable(latin, { ...csv, encoding: "windows-1252" })).toMatchObject({
    ok: true,
    names: ["Stra\u00dfe", "Ort"],
    columns: [["A"], ["K\u00f6ln"]],
  });
});

test("reads JSON lines, and says where a line is none", async () => {
  const lines = { kind: "jsonLines" } as const;
  expect(await read('{"a":1}\n\n{"b":[2],"a":null}\n', lines)).toEqual({
    ok: true,
    names: ["a", "b"],
    columns: [
      [1, null],
      [null, [2]],
    ],
  });
  expect(await problem('{"a":1}\n{"a":x}\n', lines)).toBe("Line 2, column 6: JSON was expected.");
  expect(await problem("[1]\n", lines)).toMatch(/^Line 1, column 1: an object/);
  await read('{"__proto__":{"polluted":1},"constructor":2}\n', lines);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

test("reads a sheet of a workbook, by number or name", async () => {
  const book = utils.book_new();
  utils.book_append_sheet(
    book,
    utils.aoa_to_sheet([
      ["a", "b"],
      [1, "x"],
      [2, null],
    ]),
    "First",
  );
  utils.book_append_sheet(book, utils.aoa_to_sheet([["c"], [3]]), "Second");
  const bytes = write(book, { type: "buffer", bookType: "xlsx" }) as Buffer;
  const excel = { kind: "excel", sheet: 0, header: true } as const;
  expect(await read(bytes, excel)).toEqual({
    ok: true,
    names: ["a", "b"],
    columns: [
      [1, 2],
      ["x", null],
    ],
  });
  expect(await read(bytes, { ...excel, sheet: "Second" })).toMatchObject({ names: ["c"], columns: [[3]] });
  for (const sheet of ["Third", "__proto__", 2])
    expect(await problem(bytes, { ...excel, sheet })).toBe(
      'It has no sheet of that name or number. It has: "First", "Second".',
    );
});

test("says in which sheet and cell a formula ended in an error; what is not available is empty", async () => {
  const sheet = utils.aoa_to_sheet([["a", "b"], [1, "x"], [2]]);
  sheet["A2"] = { t: "e", v: 0x2a };
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([["c"]]), "First");
  utils.book_append_sheet(book, sheet, "Second");
  const bytes = (): Buffer => write(book, { type: "buffer", bookType: "xlsx" }) as Buffer;
  const excel = { kind: "excel", sheet: "Second", header: true } as const;
  expect(await read(bytes(), excel)).toMatchObject({
    ok: true,
    columns: [
      [null, 2],
      ["x", null],
    ],
  });
  sheet["B3"] = { t: "e", v: 0x07 };
  expect(await problem(bytes(), excel)).toMatch(/^Sheet 2, cell B3: a value was expected/);
  expect(await read(bytes(), { ...excel, maxRows: 1 })).toMatchObject({ columns: [[null], ["x"]] });
});

test("reads columns of a Parquet file", async () => {
  const file = parquetWriteBuffer({
    columnData: [
      { name: "a", data: [1, 2, 3], type: "INT32" },
      { name: "b", data: ["x", "y", "z"], type: "STRING" },
    ],
  });
  const parquet = { kind: "parquet" } as const;
  expect(await read(Buffer.from(file), parquet)).toEqual({
    ok: true,
    names: ["a", "b"],
    columns: [
      [1, 2, 3],
      ["x", "y", "z"],
    ],
  });
  expect(await read(Buffer.from(file), { ...parquet, columns: ["b"], maxRows: 2 })).toMatchObject({
    columns: [["x", "y"]],
  });
  expect(await problem(Buffer.from(file), { ...parquet, columns: ["b", "c"] })).toBe(
    'columns[1]: a column that it has was expected. It has: "a", "b".',
  );
  expect(await problem("PAR1 and nothing more", parquet)).toBe(
    "It cannot be read: a Parquet file was expected.",
  );
});

test("names of a file's own are cut, of a number that can be read, and move nothing in a message", () => {
  expect(listed(['a"b', "line\none\u001b[31m\u202e", "x".repeat(60)])).toBe(
    `"a\\"b", "line\ufffdone\ufffd[31m\ufffd", "${"x".repeat(40)}…"`,
  );
  expect(listed(Array.from({ length: 15 }, (_, n) => `c${n}`))).toMatch(/^"c0", .*"c11" and 3 more$/);
});

test("a cell that reaches over others has its value in the first of them, and the others are empty", async () => {
  const sheet = utils.aoa_to_sheet([["a", "b"], ["both"], [1, 2]]);
  sheet["!merges"] = [utils.decode_range("A2:B2")];
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, "One");
  const bytes = write(book, { type: "buffer", bookType: "xlsx" }) as Buffer;
  expect(await read(bytes, { kind: "excel", sheet: 0, header: true })).toMatchObject({
    columns: [
      ["both", 1],
      [null, 2],
    ],
  });
});

/** An archive whose one entry unpacks to far more than it is. */
function zipBomb(unpacked: number): Buffer {
  const packed = deflateRawSync(Buffer.alloc(1_000_000), { level: 9 });
  return archiveOf(packed, unpacked);
}

test("does not unpack bombs, and does not count what nobody looks at", async () => {
  const excel = { kind: "excel", sheet: 0, header: true } as const;
  for (const unpacked of [1_000_000, 4_000_000_000])
    expect(await problem(zipBomb(unpacked), excel)).toMatch(/^It unpacks to far more/);
  expect(await problem("no archive", excel)).not.toBe("");
  const wide = `${"a,".repeat(2_000)}a\n`;
  expect(await problem(wide.repeat(10_000), { ...csv, header: false })).toMatch(/more than 5,000,000 cells/);
});
