import { inspect } from "node:util";
import { st } from "strongroom";
import { forms } from "./forms.ts";

// Every way that we can think of to let a secret out; the test looks for it in all that leaves the server.
const secrets = Object.values(st.secrets.toDict()).flatMap((value) =>
  typeof value === "string" ? [value] : Object.values(value as Record<string, string>),
);
const [first = "", second = "", third = ""] = secrets;

st.setPageConfig({ pageTitle: `Title ${first}` });
st.write(st.secrets);
st.write(st.secrets.toDict());
// Printed once: so many lines again and again would be left out of the log.
const isFirst = st.sessionState["kept"] === undefined;
for (const secret of secrets) {
  for (const form of forms(secret)) st.text(`Written: ${form}.`);
  st.markdown(`**${secret}** and [a link](https://example.com/?key=${encodeURIComponent(secret)})`);
  st.error(`Login failed with ${secret}`);
  st.write(secret);
  st.caption(`${secret}, and **more**`);
  st.header(`Header ${secret}`);
  st.checkbox(`Box **of** ${secret}`);
  const half = Math.floor(secret.length / 2);
  st.markdown(`**${secret.slice(0, half)}**${secret.slice(half)}`);
  st.text(secret.slice(0, half));
  st.text(secret.slice(half));
  if (!isFirst) continue;
  console.log(`printed ${secret}`);
  console.error(inspect({ printed: secret, bytes: Buffer.from(secret).toString("base64") }));
  process.stderr.write(secret.slice(0, half));
  process.stderr.write(`${secret.slice(half)}\n`);
}
if (isFirst) process.stdout.write(`${JSON.stringify(secrets)}\n`);

st.dataframe(
  secrets.map((secret) => ({ [`column ${first}`]: secret, base64: Buffer.from(secret).toString("base64") })),
);
st.table(secrets.slice(0, 20).map((secret) => ({ secret })));
st.json({ secrets, [second]: 1 });
st.code(`const key = ${JSON.stringify(first)};`, { language: "ts" });
st.metric(first, second);
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><desc>${first}</desc></svg>`;
st.image(Buffer.from(svg), {
  caption: first,
  alt: second,
  link: `https://example.com/${encodeURIComponent(first)}`,
});
st.image(Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.from(`tEXt${first}`)]), {
  alt: third,
});
st.barChart(
  secrets.slice(0, 5).map((secret, index) => ({ secret, index })),
  { x: "secret", y: "index" },
);
st.selectbox(`Choose ${first}`, secrets);
st.textInput(`Text ${second}`, { value: first, placeholder: third, help: second });
st.sidebar.text(first);
st.exception(new Error(`shown ${first}`, { cause: new Error(second) }));
st.sessionState["kept"] = secrets;
st.queryParams["token"] = first;

const joined = secrets.join("\n");
st.downloadButton("Download", joined, { fileName: `${first}.txt` });
st.downloadButton("Bytes", Buffer.concat([Buffer.from([0, 255, 254]), Buffer.from(joined)]), {
  fileName: "all.bin",
  mime: "application/octet-stream",
});
st.multiselect("Several", secrets, { default: [second] });
st.radio("One", secrets.slice(0, 3), { captions: secrets.slice(3, 6) });
st.toggle(third, { help: first });
st.numberInput(`Number ${first}`);
st.progress(0.5, { text: second });
for (const tab of st.tabs([first, second])) tab.text(third);
st.expander(first).text(second);
const kept = st.cacheData(async () => secrets, { persist: "disk" });
st.text(String((await kept()).length));

const typed = st.textInput("Echo", { key: "echo" });
st.text(`You typed ${typed}`);

const slot = st.empty();
if (st.button("Stream", { key: "stream" })) {
  for (let end = 1; end <= first.length; end++) {
    slot.text(`Streamed ${first.slice(0, end)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
if (st.button("Throw", { key: "throw" }))
  throw new Error(`thrown ${first}`, { cause: new TypeError(`because ${second}`) });
// oxlint-disable-next-line typescript/only-throw-error -- a text is thrown by libraries, too
if (st.button("Throw text", { key: "throwText" })) throw `thrown ${JSON.stringify({ first })}`;
if (st.button("Reject", { key: "reject" })) void Promise.reject(new Error(`rejected ${first}`));
if (st.button("Query", { key: "query" })) {
  const shop = st.connection("shop");
  st.dataframe(await shop.query`select * from customers`);
  await shop.query`select * from nothing where name = ${first}`;
}
if (st.button("Unknown", { key: "unknown" })) await st.connection("no-such").query`select 1`;
if (st.button("Connections", { key: "connections" })) {
  for (let index = 0; index < 10; index++) {
    const name = `canary${index}`;
    const ask = [
      () => st.connection(name, { type: "http" }).get("/x"),
      () => st.connection(name).query`select 1`,
      () => st.connection(name).query`select 1`,
      () => st.connection(name, { type: "custom" }).call("tell", {}),
    ][index % 4];
    try {
      st.json(await ask?.());
    } catch (error) {
      st.exception(error);
    }
  }
}
if (st.button("Missing", { key: "missing" })) st.text(st.secrets["MISSING"] ?? "");
if (st.button("Large", { key: "large" })) st.text(`${"x".repeat(500_000)}${first}`);
if (st.button("Go", { key: "go" })) st.switchPage("other");
if (st.button(`Named ${first}`)) st.text("The button with a secret name was pressed.");
if (st.button("Exit", { key: "exit" })) {
  console.error(`last words ${first}`);
  process.exit(3);
}
