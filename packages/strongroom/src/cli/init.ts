import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { readArguments } from "./arguments.ts";

const sampleApp = `import { st } from "strongroom";

st.title("Hello");
st.text("Save this file, and the open page follows.");

const name = st.textInput("Your name");
const hours = st.slider("Hours of sun", { maxValue: 16, value: 8 });

st.metric("Warmth", \`\${10 + hours} °C\`);
if (st.button("Greet")) st.success(\`Good day\${name === "" ? "" : \`, \${name}\`}!\`);
`;

const sampleConfig = `# Every option, its value and where that comes from: strongroom config show
# Each can also be set by a variable (STRONGROOM_SERVER_PORT) or a flag (--server.port).

[server]
# port = 8501
# host = "127.0.0.1"      # anything but loopback needs an [access] section

# [access]
# allow = "anyone"

# [connections.shop]      # const db = st.connection("shop")
# type = "sqlite"
# path = "shop.db"
`;

const ignored = [
  "node_modules/",
  ".strongroom/state/",
  ".strongroom/secrets.toml",
  ".strongroom/age.key",
  ".streamlit/secrets.toml",
];

/** Makes what a new app needs. What is there already stays as it is. */
export function init(args: readonly string[]): number {
  const { words } = readArguments(args, { words: 1 });
  const folder = resolve(words[0] ?? ".");
  mkdirSync(folder, { recursive: true });
  write(folder, "app.ts", sampleApp);
  write(folder, ".strongroom/config.toml", sampleConfig);
  ignore(folder);
  const path = relative(process.cwd(), join(folder, "app.ts"));
  console.log(`\nShow it:  strongroom run ${path}`);
  return 0;
}

function write(folder: string, path: string, text: string): void {
  const file = join(folder, path);
  if (existsSync(file)) {
    console.log(`kept   ${path}`);
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { flag: "wx" });
  console.log(`wrote  ${path}`);
}

/** Adds the lines that are missing. */
function ignore(folder: string): void {
  const file = join(folder, ".gitignore");
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  const lines = new Set(before.split(/\r?\n/).map((line) => line.trim()));
  const missing = ignored.filter((line) => !lines.has(line));
  if (missing.length === 0) {
    console.log("kept   .gitignore");
    return;
  }
  const gap = before === "" || before.endsWith("\n") ? "" : "\n";
  appendFileSync(file, `${gap}${missing.join("\n")}\n`);
  console.log(`${before === "" ? "wrote" : "added to"}  .gitignore`);
}
