import { expect, test } from "vitest";
import { testPool } from "../../../../tests/running/pool-session.ts";

const app = `
import { st } from "strongroom";
const level = st.slider("Level", { maxValue: 9 });
st.button("Store", { icon: ":material/warehouse:" });
st.markdown(\`level \${level} :material/warehouse: :material/serch: :material/search:\`);
st.text(\`level \${level} shown\`);
`;

test("an icon that we have no drawing of is told of once, with the name that was meant", async () => {
  await using one = await testPool({ "app.ts": app });
  const session = await one.open();
  session.answer("slider:Level", 3);
  await session.shows("level 3 shown");
  await expect.poll(() => one.log.join("")).toContain(":material/serch:");
  const lines = one.log.filter((line) => line.includes(":material/"));
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain(":material/warehouse: has no drawing, a gap stands in its place");
  expect(lines[1]).toContain("did you mean :material/search:?");
});
