import { st } from "strongroom";

// Each line that runs because of an answer counts: a forged one would be seen here.
const seen = (st.sessionState["seen"] ?? []) as string[];
const note = (what: string) => (): void => {
  st.sessionState["seen"] = [...((st.sessionState["seen"] ?? []) as string[]), what];
};

st.button("Button", { onClick: note("button") });
st.button("Closed button", { disabled: true, onClick: note("closed button") });
st.checkbox("Checkbox", { onChange: note("checkbox") });
st.toggle("Toggle", { onChange: note("toggle") });
st.radio("Radio", ["a", "b"], { onChange: note("radio") });
st.selectbox("Selectbox", ["a", "b"], { onChange: note("selectbox") });
st.multiselect("Multiselect", ["a", "b"], { onChange: note("multiselect") });
st.slider("Slider", { minValue: 0, maxValue: 10, onChange: note("slider") });
st.numberInput("Number", { minValue: 0, maxValue: 10, onChange: note("number") });
st.textInput("Text", { maxChars: 20, onChange: note("text") });
st.textArea("Area", { maxChars: 20, onChange: note("area") });
st.dateInput("Date", { minValue: "2024-01-01", maxValue: "2024-12-31", onChange: note("date") });
st.textInput("Closed", { disabled: true, onChange: note("closed") });
st.form("form", (form) => {
  form.textInput("In a form", { maxChars: 20 });
  form.formSubmitButton("Send", { onClick: note("send") });
});
st.textInput("Required", { required: true, key: "name", bind: "query-params", onChange: note("required") });
st.multiselect("Some", ["a", "b"], { default: ["a"], required: true, onChange: note("some") });
st.selectbox("Bound", ["a", "b"], { key: "bound", bind: "query-params", onChange: note("bound") });
st.form("needy", (form) => {
  form.textInput("Needed", { required: true });
  form.formSubmitButton("Send needy", { onClick: note("needy") });
});
if (st.sessionState["gone"] !== true) st.textInput("Soon gone", { onChange: note("gone") });
st.sessionState["gone"] = true;
st.text(`Seen: ${seen.join(", ")}.`);
st.fileUploader("File", { type: ["csv", "png", "xlsx"] });
st.text(`Signed in: ${String(st.user.isLoggedIn)}.`);
st.text(`Bound: ${String(st.sessionState["name"])}, ${String(st.sessionState["bound"])}.`);
