/** One line for each kind of element: how it is drawn. Its code is fetched when one is on the page. */
import { lazyView } from "../browser/lazy-view.ts";
import { areaChartSpec } from "./area-chart/area-chart.schema.ts";
import { barChartSpec } from "./bar-chart/bar-chart.schema.ts";
import { buttonSpec } from "./button/button.schema.ts";
import { captionSpec } from "./caption/caption.schema.ts";
import { checkboxSpec } from "./checkbox/checkbox.schema.ts";
import { codeSpec } from "./code/code.schema.ts";
import { columnSpec, columnsSpec } from "./columns/columns.schema.ts";
import { containerSpec } from "./container/container.schema.ts";
import { dataframeSpec } from "./dataframe/dataframe.schema.ts";
import { dateInputSpec } from "./date-input/date-input.schema.ts";
import { dividerSpec } from "./divider/divider.schema.ts";
import { emptySpec } from "./empty/empty.schema.ts";
import { errorSpec } from "./error/error.schema.ts";
import { exceptionSpec } from "./exception/exception.schema.ts";
import { expanderSpec } from "./expander/expander.schema.ts";
import { formSpec } from "./form/form.schema.ts";
import { formSubmitButtonSpec } from "./form-submit-button/form-submit-button.schema.ts";
import { headerSpec } from "./header/header.schema.ts";
import { imageSpec } from "./image/image.schema.ts";
import { infoSpec } from "./info/info.schema.ts";
import { jsonSpec } from "./json/json.schema.ts";
import { lineChartSpec } from "./line-chart/line-chart.schema.ts";
import { markdownSpec } from "./markdown/markdown.schema.ts";
import { metricSpec } from "./metric/metric.schema.ts";
import { multiselectSpec } from "./multiselect/multiselect.schema.ts";
import { numberInputSpec } from "./number-input/number-input.schema.ts";
import { progressSpec } from "./progress/progress.schema.ts";
import { radioSpec } from "./radio/radio.schema.ts";
import { selectboxSpec } from "./selectbox/selectbox.schema.ts";
import { sliderSpec } from "./slider/slider.schema.ts";
import { spinnerSpec } from "./spinner/spinner.schema.ts";
import { subheaderSpec } from "./subheader/subheader.schema.ts";
import { successSpec } from "./success/success.schema.ts";
import { tableSpec } from "./table/table.schema.ts";
import { tabSpec, tabsSpec } from "./tabs/tabs.schema.ts";
import { textSpec } from "./text/text.schema.ts";
import { textAreaSpec } from "./text-area/text-area.schema.ts";
import { textInputSpec } from "./text-input/text-input.schema.ts";
import { titleSpec } from "./title/title.schema.ts";
import { toggleSpec } from "./toggle/toggle.schema.ts";
import { warningSpec } from "./warning/warning.schema.ts";
import { writeSpec } from "./write/write.schema.ts";

export const views = {
  areaChart: lazyView(areaChartSpec.kind, () => import("./area-chart/area-chart.view.tsx")),
  barChart: lazyView(barChartSpec.kind, () => import("./bar-chart/bar-chart.view.tsx")),
  button: lazyView(buttonSpec.kind, () => import("./button/button.view.tsx")),
  caption: lazyView(captionSpec.kind, () => import("./caption/caption.view.tsx")),
  checkbox: lazyView(checkboxSpec.kind, () => import("./checkbox/checkbox.view.tsx")),
  code: lazyView(codeSpec.kind, () => import("./code/code.view.tsx")),
  column: lazyView(columnSpec.kind, () => import("./columns/columns-column.view.tsx")),
  columns: lazyView(columnsSpec.kind, () => import("./columns/columns.view.tsx")),
  container: lazyView(containerSpec.kind, () => import("./container/container.view.tsx")),
  dataframe: lazyView(dataframeSpec.kind, () => import("./dataframe/dataframe.view.tsx")),
  dateInput: lazyView(dateInputSpec.kind, () => import("./date-input/date-input.view.tsx")),
  divider: lazyView(dividerSpec.kind, () => import("./divider/divider.view.tsx")),
  empty: lazyView(emptySpec.kind, () => import("./empty/empty.view.tsx")),
  error: lazyView(errorSpec.kind, () => import("./error/error.view.tsx")),
  exception: lazyView(exceptionSpec.kind, () => import("./exception/exception.view.tsx")),
  expander: lazyView(expanderSpec.kind, () => import("./expander/expander.view.tsx")),
  form: lazyView(formSpec.kind, () => import("./form/form.view.tsx")),
  formSubmitButton: lazyView(
    formSubmitButtonSpec.kind,
    () => import("./form-submit-button/form-submit-button.view.tsx"),
  ),
  header: lazyView(headerSpec.kind, () => import("./header/header.view.tsx")),
  image: lazyView(imageSpec.kind, () => import("./image/image.view.tsx")),
  info: lazyView(infoSpec.kind, () => import("./info/info.view.tsx")),
  json: lazyView(jsonSpec.kind, () => import("./json/json.view.tsx")),
  lineChart: lazyView(lineChartSpec.kind, () => import("./line-chart/line-chart.view.tsx")),
  markdown: lazyView(markdownSpec.kind, () => import("./markdown/markdown.view.tsx")),
  metric: lazyView(metricSpec.kind, () => import("./metric/metric.view.tsx")),
  multiselect: lazyView(multiselectSpec.kind, () => import("./multiselect/multiselect.view.tsx")),
  numberInput: lazyView(numberInputSpec.kind, () => import("./number-input/number-input.view.tsx")),
  progress: lazyView(progressSpec.kind, () => import("./progress/progress.view.tsx")),
  radio: lazyView(radioSpec.kind, () => import("./radio/radio.view.tsx")),
  selectbox: lazyView(selectboxSpec.kind, () => import("./selectbox/selectbox.view.tsx")),
  slider: lazyView(sliderSpec.kind, () => import("./slider/slider.view.tsx")),
  spinner: lazyView(spinnerSpec.kind, () => import("./spinner/spinner.view.tsx")),
  subheader: lazyView(subheaderSpec.kind, () => import("./subheader/subheader.view.tsx")),
  success: lazyView(successSpec.kind, () => import("./success/success.view.tsx")),
  tab: lazyView(tabSpec.kind, () => import("./tabs/tabs-tab.view.tsx")),
  table: lazyView(tableSpec.kind, () => import("./table/table.view.tsx")),
  tabs: lazyView(tabsSpec.kind, () => import("./tabs/tabs.view.tsx")),
  text: lazyView(textSpec.kind, () => import("./text/text.view.tsx")),
  textArea: lazyView(textAreaSpec.kind, () => import("./text-area/text-area.view.tsx")),
  textInput: lazyView(textInputSpec.kind, () => import("./text-input/text-input.view.tsx")),
  title: lazyView(titleSpec.kind, () => import("./title/title.view.tsx")),
  toggle: lazyView(toggleSpec.kind, () => import("./toggle/toggle.view.tsx")),
  warning: lazyView(warningSpec.kind, () => import("./warning/warning.view.tsx")),
  write: lazyView(writeSpec.kind, () => import("./write/write.view.tsx")),
};
