import type { Browser, Page } from "playwright-core";

/** A person at the page: types, ticks, clicks, and remembers what must be there. */
export class Viewer {
  readonly page: Page;
  clicks = 0;
  cutOff = 0;
  note = "";
  name = "";
  remark = "";
  isUrgent = false;
  readonly problems: string[] = [];

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(browser: Browser, url: string): Promise<Viewer> {
    const page = await browser.newPage();
    const viewer = new Viewer(page);
    page.on("pageerror", (error) => viewer.problems.push(`the page threw: ${error.message}`));
    page.on("websocket", (socket) => {
      socket.on("framereceived", ({ payload }) => viewer.#receive(payload.toString()));
    });
    // A socket that the page can be robbed of, as a tunnel or a train would.
    await page.addInitScript(keepSockets);
    await page.goto(url);
    await page.evaluate(() => ((globalThis as unknown as Kept).isSamePage = true));
    await page.getByRole("button", { name: "Count" }).waitFor();
    await page.waitForTimeout(500);
    return viewer;
  }

  #receive(payload: string): void {
    const message = JSON.parse(payload) as { t: string; code?: string };
    if (message.t === "notice" && message.code === "click-cut-off") this.cutOff++;
    if (message.t === "refused") this.problems.push(`refused: ${payload}`);
  }

  async count(): Promise<void> {
    this.clicks++;
    await this.page.getByRole("button", { name: "Count" }).click();
  }

  async typeNote(letters: string): Promise<void> {
    this.note += letters;
    const field = this.page.getByLabel("Note");
    await field.focus();
    await this.page.keyboard.press("End");
    await this.page.keyboard.type(letters, { delay: 12 });
    await this.page.keyboard.press("Tab");
  }

  async fillForm(letters: string): Promise<void> {
    this.name += letters;
    this.remark += letters.toUpperCase();
    await this.page.getByLabel("Name").focus();
    await this.page.keyboard.press("End");
    await this.page.keyboard.type(letters, { delay: 12 });
    await this.page.getByLabel("Remark").focus();
    await this.page.keyboard.press("Control+End");
    await this.page.keyboard.type(letters.toUpperCase(), { delay: 12 });
    this.isUrgent = !this.isUrgent;
    await this.page.getByLabel("Urgent").click();
  }

  async cutSocket(): Promise<void> {
    await this.page.evaluate(() => {
      for (const socket of (globalThis as unknown as Kept).sockets) socket.close();
    });
  }

  /** Waits until the page has come to rest, then holds it against what was done. */
  async check(version: number): Promise<readonly string[]> {
    const wanted = (): boolean => this.problems.length === 0;
    await this.#settle("the app", () => `Under fire, version ${version}`);
    await this.#settle(`Counted ${this.clicks - this.cutOff}`, () => `Counted ${this.clicks - this.cutOff}`);
    await this.#settle("the note", () => `Note is <${this.note}>`);
    await this.#expectValue("Note", this.note);
    await this.#expectValue("Name", this.name);
    await this.#expectValue("Remark", this.remark);
    if ((await this.page.getByLabel("Urgent").isChecked()) !== this.isUrgent)
      this.problems.push("the checkbox forgot its state");
    const isSame = await this.page.evaluate(() => (globalThis as unknown as Kept).isSamePage === true);
    if (!isSame) this.problems.push("the page was loaded again");
    return wanted() ? [] : this.problems;
  }

  /** Sends the form until it went through; a click that was cut off is pressed again. */
  async send(): Promise<void> {
    for (let turn = 0; turn < 5; turn++) {
      const before = this.cutOff;
      await this.page.getByRole("button", { name: "Send" }).click();
      const order = `${this.name} / ${this.remark} / ${this.isUrgent}`;
      const isThere = await this.page
        .getByText(order)
        .first()
        .waitFor({ timeout: 15_000 })
        .then(
          () => true,
          () => false,
        );
      if (isThere) return;
      if (this.cutOff === before) break;
      // This click was the form's, not the counter's.
      this.clicks++;
    }
    this.problems.push(`the form did not arrive: ${this.name} / ${this.remark} / ${this.isUrgent}`);
  }

  async #settle(what: string, wanted: () => string): Promise<void> {
    const end = Date.now() + 20_000;
    while (Date.now() < end) {
      if ((await this.page.getByText(wanted(), { exact: true }).count()) > 0) return;
      await this.page.waitForTimeout(50);
    }
    const shown = await this.page.locator("main").innerText();
    this.problems.push(`${what}: "${wanted()}" was expected, the page shows:\n${shown}`);
  }

  async #expectValue(label: string, value: string): Promise<void> {
    const shown = await this.page.getByLabel(label).inputValue();
    if (shown !== value) this.problems.push(`${label} holds "${shown}", "${value}" was typed`);
  }

  /** What the page says: the same after a reload, or the patches made another tree than the script. */
  async checkTree(): Promise<readonly string[]> {
    const before = await this.page.locator("main").innerText();
    await this.page.reload();
    await this.page.getByText("Counted").first().waitFor();
    await this.page.waitForTimeout(500);
    const after = await this.page.locator("main").innerText();
    return before === after ? [] : [`the tree was wrong:\n${before}\n--- after a reload:\n${after}`];
  }
}

interface Kept {
  sockets: WebSocket[];
  isSamePage: boolean;
}

function keepSockets(): void {
  const kept = globalThis as unknown as Kept;
  kept.sockets = [];
  const Real = WebSocket;
  globalThis.WebSocket = class extends Real {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      kept.sockets.push(this);
    }
  };
}
