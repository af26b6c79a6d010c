import { describe, expect, test } from "vitest";
import { beginRun, nodesOf } from "../testing/nodes-of.ts";
import { st } from "../st.ts";

const shown: Readonly<Record<string, (icon: string) => unknown>> = {
  title: (icon) => st.title("A", { icon }),
  info: (icon) => st.info("A", { icon }),
  expander: (icon) => st.expander("A", { icon }),
  metric: (icon) => st.metric("A", 1, { icon }),
  button: (icon) => st.button("A", { icon }),
  textInput: (icon) => st.textInput("A", { icon }),
  numberInput: (icon) => st.numberInput("A", { icon }),
  selectbox: (icon) => st.selectbox("A", ["a"], { icon }),
};

describe.each(Object.entries(shown))("the icon of st.%s", (_, show) => {
  test.each(["✈️", ":material/home:", "spinner"])("can be %s", (icon) => {
    const [node] = nodesOf(() => show(icon));
    const drawn = node?.props["icon"];
    if (icon === "spinner") expect(drawn).toMatchObject([{ t: "icon", name: "spinner" }]);
    else expect(drawn).toBeDefined();
  });

  test.each(["ab", "**bold**", "✈️✈️", "a"])("cannot be %s", (icon) => {
    expect(() => beginRun().call(() => show(icon))).toThrow("`icon` must be one emoji");
  });
});
