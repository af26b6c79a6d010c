import { st } from "strongroom";

const name = st.textInput("Name", { value: "Ann", maxChars: 40 });
const search = st.textInput("Flight", { type: "search", live: true, placeholder: "Search as you type" });
const mail = st.textInput("Mail", { type: "email", help: "Only addresses fit" });
st.text(`${name} looks for “${search}”, mail to ${mail === "" ? "nobody" : mail}`);
