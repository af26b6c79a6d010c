import { st } from "strongroom";
import { newPart } from "../checks.ts";
import { say } from "../said.ts";
import { add, offers } from "../stock.ts";

st.setPageConfig({ pageTitle: "Stockroom", pageIcon: ":material/inventory_2:" });
st.title("Add a part");
st.markdown(":gray[A new part gets its number, its place, and how few pieces are too few.]");

const { categories, makers } = await offers();
const part = st.form(
  "new-part",
  (form) => {
    const [left, right] = form.columns(2);
    left.textInput("Number", { key: "number", placeholder: "BR-1130", maxChars: 7, required: true });
    left.textInput("Name", { key: "name", placeholder: "Brake pads, drum", maxChars: 80, required: true });
    left.selectbox("Category", categories, { key: "category", index: null, required: true });
    left.selectbox("Maker", makers, {
      key: "maker",
      index: null,
      acceptNewOptions: true,
      placeholder: "Choose, or type a new one",
      required: true,
    });
    right.textInput("Shelf", { key: "shelf", placeholder: "A1-4", maxChars: 4, required: true });
    right.numberInput("Price", {
      key: "price",
      minValue: 0,
      maxValue: 9_999,
      value: null,
      step: 0.01,
      format: "%.2f",
      placeholder: "0.00",
      required: true,
    });
    right.numberInput("Pieces", { key: "stock", minValue: 0, maxValue: 999, value: 0, step: 1 });
    right.numberInput("Minimum", { key: "minimum", minValue: 0, maxValue: 999, value: 2, step: 1 });
    form.formSubmitButton("Add", { type: "primary" });
  },
  { validate: newPart },
);
if (part !== undefined) {
  if (await add(part)) {
    say(`Added: ${part.name}.`);
    st.switchPage("app", { queryParams: { search: part.number } });
  }
  st.error(`There is a part ${part.number} already. Give this one another number.`);
}
