/** Why the server does not start: what was expected and where, never the value that was found. */
export class ConfigProblem extends Error {
  readonly code = "ERR_CONFIG";

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ConfigProblem";
  }
}

export interface OptionPlace {
  /** `config.toml:12`, or what else it was read from. */
  readonly place: string;
  readonly name: string;
}

/** `config.toml:12 server.port: expected a whole number.`, the one shape of what is wrong with an option. */
export function misfit({ place, name }: OptionPlace, expected: string, advice = ""): ConfigProblem {
  return new ConfigProblem(`${place} ${name}: expected ${expected}.${advice === "" ? "" : ` ${advice}`}`);
}
