/** Why a camera or microphone cannot be used, in words. */
export interface DeviceProblem {
  readonly words: string;
  /** The page came before there was something on it that needs the device: loaded again, it may ask. */
  readonly isReloadNeeded: boolean;
}

interface PolicyDocument {
  readonly featurePolicy?: { readonly allowsFeature: (name: string) => boolean };
}

export function deviceProblem(device: "camera" | "microphone", error: unknown): DeviceProblem {
  // Not every browser has it; those that do not say no more than that it was denied.
  const { featurePolicy } = document as PolicyDocument;
  if (featurePolicy?.allowsFeature(device) === false)
    return { words: `Load the page again to use the ${device}.`, isReloadNeeded: true };
  const name = error instanceof Error ? error.name : "";
  if (name === "NotFoundError") return { words: `No ${device} was found.`, isReloadNeeded: false };
  if (name === "NotAllowedError")
    return { words: `The browser was not allowed to use the ${device}.`, isReloadNeeded: false };
  return { words: `The ${device} cannot be used: another program may have it.`, isReloadNeeded: false };
}

export function endStream(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
