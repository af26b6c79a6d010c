import { st } from "strongroom";

const flights = await st.spinner("Loading flights…", async () => {
  await new Promise((resolve) => setTimeout(resolve, 300));
  return 18_204;
});
st.text(`${flights} flights`);
