import {
  containerDemands,
  cryptoDemands,
  formatDemands,
  secretDemands,
  supplyDemands,
  transportDemands,
} from "./machine.ts";
import { logoutDemands, providerDemands, rightsDemands, sessionDemands, tokenDemands } from "./people.ts";
import type { Demand } from "./standard.ts";
import { encodingDemands, fileDemands, headerDemands, socketDemands } from "./traffic.ts";

/** What standards demand of a program like ours, by their chapters. */
export const standards: Readonly<Record<string, readonly Demand[]>> = {
  "Sessions and cookies": sessionDemands,
  "A client of OpenID providers": providerDemands,
  "Logout by the provider": logoutDemands,
  "Tokens that hold claims": tokenDemands,
  Rights: rightsDemands,
  Sockets: socketDemands,
  Files: fileDemands,
  "Encoding and checking": encodingDemands,
  "Browsers, headers and HTTP": headerDemands,
  Cryptography: cryptoDemands,
  "Secure transport": transportDemands,
  "Configuration, secrets, logs": secretDemands,
  "Supply of code": supplyDemands,
  "Walls round the author's code": containerDemands,
  "Formats of data": formatDemands,
};
