/** The compiler's process: told once what to build over descriptor 3, it answers there, and again after each save. */
import { Socket } from "node:net";
import { buildRequestSchema, maxBuildChars, type Build } from "../../wire/compiler-frames.ts";
import { FrameReader, frame } from "../../wire/frames.ts";
import { decodeText } from "../../wire/schema.ts";
import type { CompileOptions } from "./compile.ts";
import { doors } from "./doors.ts";
import { keepLastBuild } from "./last-build.ts";
import type { AuthorWatch } from "./watch.ts";

const supervisorDescriptor = 3;
const socket = new Socket({ fd: supervisorDescriptor, readable: true, writable: true });

/** Builds one after the other; what changes meanwhile is built once more afterwards. */
class Builder {
  readonly #options: CompileOptions;
  #watch: AuthorWatch | undefined;
  #running = false;
  #again = false;
  #last = "";

  constructor(options: CompileOptions) {
    this.#options = options;
  }

  async build(): Promise<void> {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    const { compile } = await import("./compile.ts");
    do {
      this.#again = false;
      const { build, inputs } = await compile(this.#options);
      keepLastBuild(this.#options, build, inputs);
      this.#watch?.also(inputs);
      this.say(build);
    } while (this.#again);
    this.#running = false;
  }

  async watch(poll: boolean): Promise<void> {
    const { appFolder, stateFolder } = this.#options;
    // Loaded late: the first build does not wait for it.
    const { watchAuthorFiles } = await import("./watch.ts");
    this.#watch = watchAuthorFiles({ appFolder, stateFolder, poll }, () => void this.build());
    await this.#watch.ready;
    // What was saved before the watch stood would be missed.
    await this.build();
  }

  say(build: Build): void {
    const text = JSON.stringify(build);
    if (text === this.#last) return;
    this.#last = text;
    socket.write(frame(Buffer.from(text)));
  }
}

async function begin(text: string): Promise<void> {
  const decoded = decodeText(buildRequestSchema, text, maxBuildChars);
  if (!decoded.ok) throw new TypeError(`A build: ${decoded.expected} was expected at ${decoded.at}.`);
  const { watch, poll, ...folders } = decoded.value.build;
  const builder = new Builder({ ...folders, doors });
  await builder.build();
  if (watch) await builder.watch(poll);
}

const reader = new FrameReader(maxBuildChars * 4);
socket.on("data", (chunk: Buffer) => {
  reader.push(chunk);
  for (let payload = reader.next(); payload !== undefined; payload = reader.next())
    void begin(payload.toString());
});
// Without its supervisor nobody needs a build.
socket.on("close", () => process.exit(0));
socket.on("error", () => process.exit(0));
