/** One line for each kind of element: how it is drawn. Its code is fetched when one is on the page. */
import { lazyView } from "../browser/lazy-view.ts";
import { areaChartSpec } from "./area-chart/area-chart.schema.ts";
import { barChartSpec } from "./bar-chart/bar-chart.schema.ts";
import { buttonSpec } from "./button/button.schema.ts";
import { checkboxSpec } from "./checkbox/checkbox.schema.ts";
import { dataframeSpec } from "./dataframe/dataframe.schema.ts";
import { dateInputSpec } from "./date-input/date-input.schema.ts";
import { formSubmitButtonSpec } from "./form-submit-button/form-submit-button.schema.ts";
import { formSpec } from "./form/form.schema.ts";
import { imageSpec } from "./image/image.schema.ts";
import { lineChartSpec } from "./line-chart/line-chart.schema.ts";
import { metricSpec } from "./metric/metric.schema.ts";
import { multiselectSpec } from "./multiselect/multiselect.schema.ts";
import { numberInputSpec } from "./number-input/number-input.schema.ts";
import { radioSpec } from "./radio/radio.schema.ts";
import { selectboxSpec } from "./selectbox/selectbox.schema.ts";
import { sliderSpec } from "./slider/slider.schema.ts";
import { tableSpec } from "./table/table.schema.ts";
import { textAreaSpec } from "./text-area/text-area.schema.ts";
import { textInputSpec } from "./text-input/text-input.schema.ts";
import { textSpec } from "./text/text.schema.ts";
import { toggleSpec } from "./toggle/toggle.schema.ts";

export const views = {
  areaChart: lazyView(areaChartSpec.kind, () => import("./area-chart/area-chart.view.tsx")),
  barChart: lazyView(barChartSpec.kind, () => import("./bar-chart/bar-chart.view.tsx")),
  button: lazyView(buttonSpec.kind, () => import("./button/button.view.tsx")),
  checkbox: lazyView(checkboxSpec.kind, () => import("./checkbox/checkbox.view.tsx")),
  dataframe: lazyView(dataframeSpec.kind, () => import("./dataframe/dataframe.view.tsx")),
  dateInput: lazyView(dateInputSpec.kind, () => import("./date-input/date-input.view.tsx")),
  form: lazyView(formSpec.kind, () => import("./form/form.view.tsx")),
  formSubmitButton: lazyView(
    formSubmitButtonSpec.kind,
    () => import("./form-submit-button/form-submit-button.view.tsx"),
  ),
  image: lazyView(imageSpec.kind, () => import("./image/image.view.tsx")),
  lineChart: lazyView(lineChartSpec.kind, () => import("./line-chart/line-chart.view.tsx")),
  metric: lazyView(metricSpec.kind, () => import("./metric/metric.view.tsx")),
  multiselect: lazyView(multiselectSpec.kind, () => import("./multiselect/multiselect.view.tsx")),
  numberInput: lazyView(numberInputSpec.kind, () => import("./number-input/number-input.view.tsx")),
  radio: lazyView(radioSpec.kind, () => import("./radio/radio.view.tsx")),
  selectbox: lazyView(selectboxSpec.kind, () => import("./selectbox/selectbox.view.tsx")),
  slider: lazyView(sliderSpec.kind, () => import("./slider/slider.view.tsx")),
  table: lazyView(tableSpec.kind, () => import("./table/table.view.tsx")),
  text: lazyView(textSpec.kind, () => import("./text/text.view.tsx")),
  textArea: lazyView(textAreaSpec.kind, () => import("./text-area/text-area.view.tsx")),
  textInput: lazyView(textInputSpec.kind, () => import("./text-input/text-input.view.tsx")),
  toggle: lazyView(toggleSpec.kind, () => import("./toggle/toggle.view.tsx")),
};
