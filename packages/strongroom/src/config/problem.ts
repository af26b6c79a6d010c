/** Why the server does not start: what was expected and where, never the value that was found. */
export class ConfigProblem extends Error {
  readonly code = "ERR_CONFIG";

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ConfigProblem";
  }
}
