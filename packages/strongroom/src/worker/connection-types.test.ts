import { expectTypeOf, test } from "vitest";
import { st, type Changed, type Connection, type HttpAnswer, type Row } from "../st.ts";

interface Order {
  id: number;
}

// Never run: what compiles here, and what does not, is the test.
const written = {
  template: (db: Connection) => db.query`select ${1} from t where a in (${["x"]}) and b = ${new Date()}`,
  typed: (db: Connection) => db.query<Order>`select id from orders`,
  named: (db: Connection) => db.query("select :id", { params: { id: 1 }, ttl: "10m", maxRows: 5 }),
  namedTyped: (db: Connection) => db.query<Order>("select :id", { params: { id: 1 } }),
  oneOfTwo: (db: Connection, newest: boolean) =>
    db.query(newest ? "select 1 from a" : "select 1 from b", { params: {} }),
  execute: (db: Connection) => db.execute`delete from t`,
  transaction: (db: Connection) => db.transaction(async (tx) => (await tx.query<Order>`select 1`)[0]?.id),
  column: (db: Connection) => db.query`select ${db.identifier("price", ["price", "date"])} from t`,
  http: () => st.connection("api", { type: "http" }).get`/users/${1}`,
  custom: () => st.connection("crm", { type: "custom" }).call<string[]>("names", { a: 1 }, { ttl: 5 }),
};

test("rows have the type that the author names", () => {
  expectTypeOf(written.template).returns.resolves.toEqualTypeOf<Row[]>();
  expectTypeOf(written.named).returns.resolves.toEqualTypeOf<Row[]>();
  expectTypeOf(written.typed).returns.resolves.toEqualTypeOf<Order[]>();
  expectTypeOf(written.namedTyped).returns.resolves.toEqualTypeOf<Order[]>();
  expectTypeOf(written.oneOfTwo).returns.resolves.toEqualTypeOf<Row[]>();
  expectTypeOf(written.execute).returns.resolves.toEqualTypeOf<Changed>();
  expectTypeOf(written.transaction).returns.resolves.toEqualTypeOf<number | undefined>();
  expectTypeOf(written.column).returns.resolves.toEqualTypeOf<Row[]>();
  expectTypeOf(written.http).returns.resolves.toEqualTypeOf<HttpAnswer>();
  expectTypeOf(written.custom).returns.resolves.toEqualTypeOf<string[]>();
});

test("what cannot be right does not compile", () => {
  const refused = (db: Connection, name: string, region: string | number): unknown[] => [
    // @ts-expect-error a text put together from values
    db.query(`select * from t where a = '${name}'`, { params: {} }),
    // @ts-expect-error a text put together from values
    db.query("select * from " + name, { params: {} }),
    // @ts-expect-error a text of which nobody knows where it comes from
    db.query(name, { params: {} }),
    // @ts-expect-error the same, beside one that is known
    db.query(name === "" ? "select 1" : `select ${name}`, { params: {} }),
    // @ts-expect-error a statement that changes is no different
    db.execute(`delete from t where a = '${name}'`, { params: {} }),
    // @ts-expect-error no values for the names
    db.query("select :id"),
    // @ts-expect-error nothing that changes data comes from a cache
    db.execute("delete from t", { params: {}, ttl: "10m" }),
    // @ts-expect-error an object is no value
    db.query`select ${{ a: 1 }}`,
    // @ts-expect-error nor is a symbol
    db.query`select ${Symbol("a")}`,
    // @ts-expect-error nor is what only looks like an identifier
    db.query`select ${{ name: "price" }}`,
    // @ts-expect-error nothing of a transaction comes from a cache
    db.transaction((tx) => tx.query("select 1", { params: {}, ttl: 5 })),
    // @ts-expect-error a database has no paths
    db.get("/users"),
    // @ts-expect-error a service has no queries
    st.connection("api", { type: "http" }).query`select 1`,
    // @ts-expect-error a path put together from values
    st.connection("api", { type: "http" }).get(`/users/${name}`),
    // @ts-expect-error what reads has no body
    st.connection("api", { type: "http" }).get("/users", { json: {} }),
    // @ts-expect-error which database it is stands in the settings
    st.connection("shop", { type: "postgres" }),
    // @ts-expect-error a database does not know who a viewer is
    st.connection("shop", { as: "viewer" }),
    // @ts-expect-error a ttl is seconds or text
    st.connection("shop", { ttl: true }),
    db.query`select ${region}`,
  ];
  expectTypeOf(refused).toBeFunction();
});
