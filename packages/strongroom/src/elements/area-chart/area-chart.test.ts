import { st } from "strongroom";
import { openPage } from "strongroom/testing";
import { expect, test } from "vitest";

test("areas lie over each other unless they are stacked", async () => {
  const stacks = ([undefined, false, true, "normalize", "center"] as const).map(async (stack) => {
    const page = await openPage(() => st.areaChart([1, 2], stack === undefined ? {} : { stack }));
    return page.find("areaChart").props["stack"];
  });
  expect(await Promise.all(stacks)).toEqual(["layered", "layered", "stacked", "normalize", "center"]);
});

test("what meets at one place is added up", async () => {
  const page = await openPage(() =>
    st.areaChart(
      [
        { x: 1, y: 1 },
        { x: 1, y: 2 },
      ],
      { x: "x" },
    ),
  );
  expect(page.find("areaChart").props["data"]).toMatchObject({ count: 1, values: [[1], [3]] });
});
