import { st } from "strongroom";

const report = st.form("report", (form) => {
  const [left, right] = form.columns(2);
  return {
    flight: left?.textInput("Flight", { value: "DL 2271" }),
    minutes: right?.numberInput("Minutes late", { minValue: 0, maxValue: 1_440 }),
    isSent: form.formSubmitButton("Send", { type: "primary" }),
  };
});
st.text(report.isSent ? `${report.flight} was ${report.minutes} min late` : "Nothing was sent yet");
