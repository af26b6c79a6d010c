import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Paths of a certificate, its key, and who signed it. */
export interface Certificates {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

export interface Wanted {
  /** As OpenSSL writes it: `DNS:localhost,IP:127.0.0.1`. */
  readonly names?: string;
  /** Days that it is valid for, from today; below zero it has expired. */
  readonly days?: number;
}

/** An authority of a test's own. */
export class Authority implements Disposable {
  readonly folder: string;
  readonly ca: string;
  readonly #key: string;
  #made = 0;

  constructor(name: string) {
    this.folder = mkdtempSync(join(tmpdir(), "strongroom-ca-"));
    this.ca = join(this.folder, "ca.pem");
    this.#key = join(this.folder, "ca.key");
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    const extensions = [
      "-addext",
      "basicConstraints=critical,CA:TRUE",
      "-addext",
      "keyUsage=critical,keyCertSign,cRLSign",
    ];
    openssl(
      "req",
      "-x509",
      ...curve,
      "-subj",
      `/CN=${name}`,
      "-days",
      "2",
      ...extensions,
      "-keyout",
      this.#key,
      "-out",
      this.ca,
    );
  }

  /** A certificate that it signed. */
  sign(subject: string, { names, days = 2 }: Wanted = {}): Certificates {
    const base = join(this.folder, `${++this.#made}`);
    const [key, request, cert, extensions] = [`${base}.key`, `${base}.csr`, `${base}.pem`, `${base}.ext`];
    openssl(
      "req",
      "-new",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-subj",
      `/CN=${subject}`,
      "-keyout",
      key,
      "-out",
      request,
    );
    writeFileSync(
      extensions,
      names === undefined ? "basicConstraints=CA:FALSE\n" : `subjectAltName=${names}\n`,
    );
    const by = ["-CA", this.ca, "-CAkey", this.#key, "-CAcreateserial", "-extfile", extensions];
    if (days > 0) openssl("x509", "-req", "-in", request, ...by, "-days", String(days), "-out", cert);
    else this.#signExpired(request, extensions, cert);
    return { cert, key, ca: this.ca };
  }

  /** Only the small authority that OpenSSL brings can write dates of its own choice in all versions. */
  #signExpired(request: string, extensions: string, cert: string): void {
    const [config, index, serial] = ["ca.cnf", "index.txt", "serial"].map((name) => join(this.folder, name));
    if (config === undefined || index === undefined || serial === undefined) return;
    writeFileSync(index, "");
    writeFileSync(serial, "1000\n");
    writeFileSync(
      config,
      `[ca]\ndefault_ca=own\n[own]\ndatabase=${index}\nserial=${serial}\nnew_certs_dir=${this.folder}\ncertificate=${this.ca}\nprivate_key=${this.#key}\ndefault_md=sha256\npolicy=any\n[any]\ncommonName=supplied\n`,
    );
    const dates = ["-startdate", "20200101000000Z", "-enddate", "20200201000000Z"];
    openssl(
      "ca",
      "-batch",
      "-notext",
      "-config",
      config,
      ...dates,
      "-extfile",
      extensions,
      "-in",
      request,
      "-out",
      cert,
    );
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function openssl(...args: readonly string[]): void {
  const { status, stderr } = spawnSync("openssl", [...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(`openssl ${args[0]} ended with ${status}: ${stderr}`);
}
