declare module "*.module.css" {
  /** Class names as they are in the page, by their names in the file. */
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module "*.css";
