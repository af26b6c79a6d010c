import { st } from "strongroom";

st.title("Under fire, version 0");
const counted = Number(st.sessionState["counted"] ?? 0) + (st.button("Count") ? 1 : 0);
st.sessionState["counted"] = counted;
st.text(`Counted ${counted}`);

const note = st.textInput("Note", { key: "note" });
st.text(`Note is <${note}>`);

st.form("order", (form) => {
  const name = form.textInput("Name", { key: "name" });
  const remark = form.textArea("Remark", { key: "remark" });
  const isUrgent = form.checkbox("Urgent", { key: "urgent" });
  if (form.formSubmitButton("Send")) {
    const sent = Number(st.sessionState["sent"] ?? 0) + 1;
    st.sessionState["sent"] = sent;
    st.sessionState["placed"] = `${sent}: ${name} / ${remark} / ${isUrgent}`;
  }
});
const { placed = "none" } = st.sessionState as { placed?: string };
st.text(`Order ${placed}`);
