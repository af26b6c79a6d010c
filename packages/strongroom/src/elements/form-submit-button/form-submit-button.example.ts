import { st } from "strongroom";

const { name, isSent } = st.form("greeting", (form) => ({
  name: form.textInput("Name"),
  isSent: form.formSubmitButton("Greet", { type: "primary" }),
}));
if (isSent) st.text(`Hello ${name}`);
