const headBytes = 44;

/** One channel of samples from -1 to 1 as a WAV of 16 bits. */
export function wavOf(samples: Float32Array, sampleRate: number): Blob {
  const bytes = new DataView(new ArrayBuffer(headBytes + samples.length * 2));
  const text = (at: number, value: string): void => {
    for (let index = 0; index < value.length; index++) bytes.setUint8(at + index, value.charCodeAt(index));
  };
  text(0, "RIFF");
  bytes.setUint32(4, headBytes - 8 + samples.length * 2, true);
  text(8, "WAVEfmt ");
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, sampleRate, true);
  bytes.setUint32(28, sampleRate * 2, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  text(36, "data");
  bytes.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, index) => {
    const whole = Math.max(-1, Math.min(1, sample));
    bytes.setInt16(headBytes + index * 2, whole * (whole < 0 ? 32_768 : 32_767), true);
  });
  return new Blob([bytes], { type: "audio/wav" });
}

/** What a browser recorded, as a WAV: mixed to one channel, at a rate of one's own. */
export async function toWav(recorded: Blob, sampleRate: number | undefined): Promise<Blob> {
  const context = new AudioContext();
  try {
    const audio = await context.decodeAudioData(await recorded.arrayBuffer());
    const rate = sampleRate ?? audio.sampleRate;
    const mixer = new OfflineAudioContext(1, Math.max(1, Math.ceil(audio.duration * rate)), rate);
    const source = new AudioBufferSourceNode(mixer, { buffer: audio });
    source.connect(mixer.destination);
    source.start();
    const mixed = await mixer.startRendering();
    return wavOf(mixed.getChannelData(0), rate);
  } finally {
    await context.close();
  }
}
