/** Limits of the protocol itself; those that an operator may change are configuration. */
export const limits = {
  /** Version of the protocol between browser and gateway; another one is told to load the page anew. */
  protocol: 1,
  idChars: 400,
  labelChars: 1_000,
  optionChars: 1_000,
  textChars: 1_000_000,
  pathChars: 200,
  queryChars: 8_192,
  valuesPerEvent: 500,
  nodesPerTree: 50_000,
  opsPerPatch: 100_000,
  propsDepth: 44,
  propsNodes: 400_000,
  valueDepth: 6,
  valueNodes: 20_000,
} as const;
