import { st } from "strongroom";

st.markdown(`
  Departures are **on time** when they leave within :green[15 minutes].

  - Filters narrow *everything* on this page
  - The share of late flights is $p = \\frac{late}{all}$
  - [Where the data comes from](https://www.bts.gov)

  | Airline | Late |
  | :------ | ---: |
  | Alaska  | 14 % |
  | Delta   | 19 % |
`);
