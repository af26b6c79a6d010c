import { st } from "strongroom";

// One box, asked with in every way; the bridge of the test types what a tool for attacks sends, and reads the page.
const value = st.textArea("Name", { maxChars: 10_000 });
const db = st.connection("shop");

async function outcome(ask: () => Promise<readonly object[]>): Promise<string> {
  try {
    return JSON.stringify(await ask());
  } catch (error) {
    return error instanceof Error ? error.message : "An error.";
  }
}

// The compiler cannot see through this.
const glued = ["select id, name, price from orders where name = '", value, "'"];
const said = [
  await outcome(() => db.query`select id, name, price from orders where name = ${value}`),
  await outcome(() =>
    db.query("select id, name, price from orders where id = :value", { params: { value } }),
  ),
  await outcome(() => db.query`select id, name, price from orders where name like ${`%${value}%`}`),
  await outcome(
    () => db.query`select id, name, price from orders where id in (${[value, "2"]}) order by ${value}`,
  ),
  await outcome(() =>
    db.query<object>(
      glued.reduce((before, piece) => before + piece),
      { params: {} },
    ),
  ),
];
st.text(`said: ${said.join("\n")}`);
