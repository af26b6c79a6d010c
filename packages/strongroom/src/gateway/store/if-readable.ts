import { GatewayError } from "../errors.ts";

/** What was damaged, or another key has sealed, is as good as not there: whoever it was for begins anew. */
export async function ifReadable(value: Promise<Buffer | undefined>): Promise<Buffer | undefined> {
  try {
    return await value;
  } catch (error) {
    if (error instanceof GatewayError && error.code === "ERR_SEALED_VALUE") return undefined;
    throw error;
  }
}
