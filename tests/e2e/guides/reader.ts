import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";
import { packageRoot } from "../../../tools/paths.ts";
import { start, type Program } from "../../running/processes.ts";
import { holds, type Act, type Step } from "./guide.ts";

/** However slow the machine is. */
const soon = { timeout: 60_000 };
const runApp = "strongroom run app.ts";
/** Where the app would be; here it is at another port. */
const usualUrl = "http://127.0.0.1:8501/";
/** What is typed where a value is asked for. */
const typed = "k7Qm2xV9pL4tR8wZ5b";

type Running = Program & { readonly url: string };

/** Somebody who does what a guide says, in a folder of their own that is empty, and has nothing else at home. */
export class Reader implements AsyncDisposable {
  readonly #browser: Browser;
  readonly #home = mkdtempSync(join(tmpdir(), "strongroom-guide-"));
  readonly #folder = join(this.#home, "app");
  #environment: NodeJS.ProcessEnv;
  #output = "";
  #running: Running | undefined;
  #page: Page | undefined;
  #seen = "";

  constructor(browser: Browser) {
    this.#browser = browser;
    mkdirSync(this.#folder);
    mkdirSync(join(this.#home, "bin"));
    const program = join(packageRoot, "bin", "strongroom.mjs");
    // What the alias of docs/guides/README.md says; npx would ask a registry.
    const command = (name: string, text: string): void =>
      writeFileSync(join(this.#home, "bin", name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    command("strongroom", `exec '${process.execPath}' '${program}' "$@"`);
    command("npx", "echo 'no guide may ask a registry' >&2; exit 1");
    const name = { NAME: "Ada", EMAIL: "ada@example.com" };
    this.#environment = {
      PATH: `${join(this.#home, "bin")}:${process.env["PATH"] ?? ""}`,
      HOME: this.#home,
      ...Object.fromEntries(
        Object.entries(name).flatMap(([key, value]) =>
          ["AUTHOR", "COMMITTER"].map((who) => [`GIT_${who}_${key}`, value]),
        ),
      ),
    };
  }

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case "type":
        return this.#type(step.text.trim(), step.fails);
      case "write":
        mkdirSync(dirname(join(this.#folder, step.path)), { recursive: true });
        return writeFileSync(join(this.#folder, step.path), step.text);
      case "see":
        for (const line of step.lines) await this.#see(step.where, line);
        return;
      case "act":
        return act(await this.#shown(), step.act, this.#folder);
      case "same":
        return this.#compare(step.label, step.who);
      case "changed":
        return this.#changes(step.label);
    }
  }

  async #type(text: string, fails: boolean): Promise<void> {
    const runs = text === runApp || (text.startsWith(`${runApp} `) && !text.includes("\n"));
    if (runs) {
      // A guide says to stop the app before.
      await this.#stop();
      if (!fails) return this.#run(text.slice(runApp.length).split(" ").filter(Boolean));
    }
    // What is exported in one block stands for the next: it is one terminal.
    const here = text.replaceAll(usualUrl, this.#running?.url ?? usualUrl);
    const script = `set -e\n${here.replace(runApp, `${runApp} --port 0`)}\n{ set +x; } 2>&-\nenv -0 >&3`;
    const { status, output } = spawnSync("bash", ["-c", script], {
      cwd: this.#folder,
      env: this.#environment,
      input: `${typed}\n`,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "pipe", "pipe"],
      timeout: 60_000,
    });
    this.#output = `${output[1] ?? ""}${output[2] ?? ""}`;
    expect(this.#output).not.toContain(typed);
    expect(status === 0, `${text}\n${this.#output}`).toBe(!fails);
    if (fails) return;
    this.#environment = Object.fromEntries(
      (output[3] ?? "").split("\0").flatMap((entry) => {
        const at = entry.indexOf("=");
        return at < 1 ? [] : [[entry.slice(0, at), entry.slice(at + 1)]];
      }),
    );
  }

  async #run(flags: readonly string[]): Promise<void> {
    const args = [join(packageRoot, "bin", "strongroom.mjs"), "run", "app.ts", "--port", "0", ...flags];
    const program = start(process.execPath, args, { cwd: this.#folder, env: this.#environment });
    const ready = await program.line(/^ready (http:\S+)$/);
    this.#running = { ...program, url: `${ready[1]}/` };
  }

  async #stop(): Promise<void> {
    await this.#page?.context().close();
    this.#page = undefined;
    await this.#running?.[Symbol.asyncDispose]();
    this.#running = undefined;
  }

  async #shown(): Promise<Page> {
    if (this.#running === undefined) throw new Error("The guide looks at a page before it runs the app.");
    if (this.#page === undefined) {
      this.#page = await (await this.#browser.newContext()).newPage();
      await this.#page.goto(this.#running.url);
    }
    return this.#page;
  }

  async #see(where: "output" | "page", line: string): Promise<void> {
    if (where === "output") {
      expect(holds(this.#output, line), `"${line}" is not in:\n${this.#output}`).toBe(true);
      return;
    }
    const page = await this.#shown();
    const look = async (): Promise<string> => (this.#seen = await page.locator("body").innerText());
    await expect.poll(async () => holds(await look(), line) || this.#seen, soon).toBe(true);
    expect(this.#seen).not.toContain(typed);
  }

  /** Looks at a line in this tab, in a second one, and as somebody else. */
  async #compare(label: string, who: "everybody" | "one viewer" | "one tab"): Promise<void> {
    const page = await this.#shown();
    const own = await lineOf(page, label);
    const tab = await page.context().newPage();
    await tab.goto(page.url());
    const other = await (await this.#browser.newContext()).newPage();
    await other.goto(page.url());
    expect([(await lineOf(tab, label)) === own, (await lineOf(other, label)) === own]).toEqual([
      who !== "one tab",
      who === "everybody",
    ]);
    await tab.close();
    await other.context().close();
  }

  async #changes(label: string): Promise<void> {
    const page = await this.#shown();
    const before = this.#seen.split("\n").find((line) => line.startsWith(`${label}:`));
    expect(before).toBeDefined();
    await expect.poll(() => lineOf(page, label), soon).not.toBe(before);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop();
    rmSync(this.#home, { recursive: true, force: true });
  }
}

async function lineOf(page: Page, label: string): Promise<string> {
  await page.getByText(`${label}:`).waitFor(soon);
  const text = await page.locator("body").innerText();
  return text.split("\n").find((line) => line.startsWith(`${label}:`)) ?? "";
}

async function act(page: Page, what: Act, folder: string): Promise<void> {
  switch (what.do) {
    case "fill":
      await page.getByLabel(what.label, { exact: true }).fill(what.value);
      return page.getByLabel(what.label, { exact: true }).press("Enter");
    case "choose":
      return void (await page.getByLabel(what.label, { exact: true }).selectOption(what.value));
    case "press":
      return page.getByRole("button", { name: what.label, exact: true }).click();
    case "send":
      return page.getByLabel(what.label, { exact: true }).setInputFiles(join(folder, what.value));
    case "follow":
      return page.getByRole("link", { name: what.label, exact: true }).click();
    case "save": {
      const coming = page.waitForEvent("download");
      await page.getByRole("button", { name: what.label, exact: true }).click();
      const download = await coming;
      return download.saveAs(join(folder, download.suggestedFilename()));
    }
    case "reload":
      return void (await page.reload());
  }
}
