import { st } from "strongroom";

try {
  JSON.parse("{ not JSON");
} catch (error) {
  st.exception(error);
}
