import { st } from "strongroom";

st.title("Fuzzed");
const level = st.slider("Level", { minValue: 0, maxValue: 1_000 });
st.text(`Level is ${level}`);
const pressed = Number(st.sessionState["pressed"] ?? 0) + (st.button("Press") ? 1 : 0);
st.sessionState["pressed"] = pressed;
st.text(`Pressed ${pressed}`);
st.textInput("Name", { key: "name" });
st.textInput("Closed", { disabled: true });
st.multiselect("Regions", ["EU", "US", "AS"]);
st.selectbox("Choice", ["a", "b"]);
st.dateInput("Day", { value: null });
st.fileUploader("File", { type: ["csv"] });
st.dataframe([{ a: 1, b: "x" }]);
const part = new Uint8Array(50_000).fill(65);
async function* stream() {
  for (let at = 0; at < 6; at++) yield part;
}
st.downloadButton("Stream", stream, { fileName: "stream.bin" });
st.text(st.user.isLoggedIn ? "Somebody" : "Nobody");
if (st.button("Sign in")) st.login();
if (st.button("Sign out")) st.logout();
st.form("order", (form) => {
  form.textArea("Remark");
  form.formSubmitButton("Send");
});
