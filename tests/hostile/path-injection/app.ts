import { st } from "strongroom";

const value = st.textArea("Value", { maxChars: 5_000 });
const api = st.connection("api", { type: "http" });

async function outcome(ask: () => Promise<{ status: number }>): Promise<unknown> {
  try {
    return (await ask()).status;
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : String(error);
  }
}

const glued = ["/users/", value].reduce((before, piece) => before + piece);
const ways = {
  template: await outcome(() => api.get`/users/${value}`),
  named: await outcome(() => api.get("/users/:id", { params: { id: value } })),
  query: await outcome(() => api.get("/search", { query: { q: value } })),
  header: await outcome(() => api.get("/header", { headers: { "x-value": value } })),
  glued: await outcome(() => (api.get as (path: string) => Promise<{ status: number }>)(glued)),
};
const turn = Number(st.sessionState["turn"] ?? 0) + 1;
st.sessionState["turn"] = turn;
st.text(JSON.stringify({ turn, ways }));
