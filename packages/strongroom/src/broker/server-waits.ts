/** How long a server is waited for, whichever it is. */

/** A connection may take so long to open, in ms. */
export const openMs = 10_000;
/** So much later than we would, in ms, the server itself ends what we have failed to end. */
export const backstopMs = 5_000;
