import { st } from "strongroom";

const sunrise = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 160">
  <rect width="320" height="160" fill="#d9ecea" />
  <circle cx="160" cy="118" r="46" fill="#e9a23b" />
  <path d="M0 118h320v42H0z" fill="#0b7374" />
</svg>`;

st.image(sunrise, { caption: "Sunrise, in three shapes", alt: "A sun that rises over the sea" });
