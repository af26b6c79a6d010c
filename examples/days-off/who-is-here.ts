import { st } from "strongroom";

/** Says at the side who has signed in, and offers to sign out. */
export function whoIsHere(): void {
  if (!st.user.isLoggedIn) return;
  const { name } = st.user;
  st.sidebar.text(typeof name === "string" ? `Signed in as ${name}` : "Signed in");
  if (st.sidebar.button("Sign out", { key: "sign-out" })) st.logout();
}
