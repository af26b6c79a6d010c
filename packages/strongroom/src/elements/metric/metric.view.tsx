import type { ReactNode } from "react";
import { Help } from "../../browser/controls/help.tsx";
import { Icon } from "../../browser/controls/icon.tsx";
import { plainText, Rich } from "../../browser/controls/rich.tsx";
import { useLocale } from "../../browser/locale.tsx";
import { formatNumber } from "../../browser/number-format.ts";
import { useStyle } from "../../browser/style.tsx";
import { view } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import { MetricChart } from "./metric-chart.view.tsx";
import unseen from "../../browser/controls/unseen.module.css";
import style from "./metric.module.css";
import { metricSpec } from "./metric.schema.ts";

type MetricProps = Infer<typeof metricSpec.props>;

export default view(metricSpec, ({ props }) => <Metric props={props} />);

function Metric({ props }: { props: MetricProps }): ReactNode {
  const { label, value, help, icon, labelVisibility, border, chart, format, width, height } = props;
  const locale = useLocale();
  const size = useStyle({
    width: width === "content" ? "fit-content" : width,
    height: height === "stretch" ? undefined : height,
  });
  return (
    <div
      className={`${style["metric"] ?? ""} ${size}`}
      data-border={border}
      data-fluid={width !== "content"}
      data-height={height === "stretch" ? height : undefined}
    >
      <div className={style["label"]} data-visibility={labelVisibility}>
        <Rich text={icon} />
        <span>
          <Rich text={label} />
        </span>
        <Help text={help} />
      </div>
      <Value text={value === null ? undefined : figureText(value, format, locale)} />
      {props.delta === undefined && chart === undefined ? null : (
        <div className={style["foot"]}>
          <Delta props={props} locale={locale} />
          {chart === undefined ? null : <MetricChart type={chart.type} values={chart.values} />}
        </div>
      )}
    </div>
  );
}

function Value({ text }: { text: string | undefined }): ReactNode {
  // Short ones fit everywhere.
  const sized = useStyle({ "--chars": text === undefined || text.length < 4 ? undefined : text.length });
  if (text !== undefined) return <div className={`${style["value"] ?? ""} ${sized}`}>{text}</div>;
  return (
    <div className={style["value"]}>
      <span aria-hidden="true">–</span>
      <span className={unseen["unseen"]}>No value</span>
    </div>
  );
}

function Delta({ props, locale }: { props: MetricProps; locale: string }): ReactNode {
  const { delta, arrow, tone = "neutral", deltaDescription, format } = props;
  if (delta === undefined || delta === null) return <span />;
  const text = arrow === undefined ? signedText(delta, format, locale) : unsignedText(delta, format, locale);
  return (
    <div className={style["delta"]}>
      <span className={style[tone]} data-long={isLong(text)}>
        {arrow === undefined ? null : (
          <Icon name={arrow === "up" ? "arrow-up" : "arrow-down"} size={13} className={style["arrow"]} />
        )}
        <span className={unseen["unseen"]}>
          {arrow === undefined ? "" : arrow === "up" ? "Up " : "Down "}
        </span>
        {text}
      </span>
      {deltaDescription === undefined ? null : (
        <>
          {" "}
          <span className={style["description"]} data-long={isLong(plainText(deltaDescription))}>
            <Rich text={deltaDescription} />
          </span>
        </>
      )}
    </div>
  );
}

/** Short texts below a figure stay in one piece; longer ones may wrap. */
function isLong(text: string): "" | undefined {
  return text.length > 16 ? "" : undefined;
}

function figureText(value: number | string, format: MetricProps["format"], locale: string): string {
  return typeof value === "number" ? formatNumber(value, format ?? "localized", locale) : value;
}

/** Beside an arrow the sign would say the same twice. */
function unsignedText(delta: number | string, format: MetricProps["format"], locale: string): string {
  const bare = typeof delta === "string" ? delta.replace(/^\s*[-−–+]\s*/, "") : Math.abs(delta);
  return figureText(bare, format, locale);
}

function signedText(delta: number | string, format: MetricProps["format"], locale: string): string {
  const text = figureText(delta, format, locale);
  return typeof delta === "number" && delta > 0 ? `+${text}` : text;
}
