import { st } from "strongroom";
import { everyWay, fewWays, outcome, reset, tables } from "./ways.ts";

/** Every kind of answer that can hold what a viewer makes up; the test chooses which one is asked with. */
const source = st.radio("Source", ["text", "line", "number", "choice", "added", "file", "query"]);
const engine = st.radio("Engine", ["sqlite", "postgres", "mariadb", "duckdb"]);
const answers = {
  text: st.textArea("Text", { maxChars: 5_000 }),
  line: st.textInput("Line", { maxChars: 5_000 }),
  number: st.numberInput("Number", { value: 1 }),
  choice: st.selectbox("Choice", ["price", "date"]),
  added: st.selectbox("Added", ["price", "date"], { acceptNewOptions: true }),
  // What an upload is called.
  file: st.fileUploader("File")?.name ?? "",
  query: st.queryParams["q"] ?? "",
};
const value = answers[source];

if (st.button("Reset")) await reset(engine);
const turn = Number(st.sessionState["turn"] ?? 0) + 1;
st.sessionState["turn"] = turn;
const ways =
  source === "text" || source === "number" ? await everyWay(engine, value) : await fewWays(engine, value);
st.text(JSON.stringify({ source, turn, value, ways, tables: await outcome(() => tables(engine)) }));
