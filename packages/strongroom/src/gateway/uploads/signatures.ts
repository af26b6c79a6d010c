/** How files begin: the type that their first bytes give away, and the names that fit it. */
export interface Signature {
  readonly type: string;
  /** Endings that files of this type have; none: no name may claim otherwise. */
  readonly extensions: readonly string[];
  readonly fits: (head: Buffer) => boolean;
}

const hex =
  (start: string, at = 0) =>
  (head: Buffer): boolean =>
    head.toString("hex", at, at + start.length / 2) === start;
const text =
  (start: string, at = 0) =>
  (head: Buffer): boolean =>
    head.toString("latin1", at, at + start.length) === start;

const zipNames =
  ".zip .docx .docm .dotx .xlsx .xlsm .xltx .xlsb .pptx .pptm .odt .ods .odp .epub .jar .war .apk .whl .kmz .npz .vsix .nupkg .cbz .3mf .pages .numbers .key";
const oleNames = ".xls .xlt .doc .dot .ppt .pps .msg .msi .vsd .mpp";

const list = (names: string): readonly string[] => names.split(" ");

export const signatures: readonly Signature[] = [
  { type: "image/png", extensions: [".png"], fits: hex("89504e470d0a1a0a") },
  { type: "image/jpeg", extensions: [".jpg", ".jpeg", ".jpe", ".jfif"], fits: hex("ffd8ff") },
  {
    type: "image/gif",
    extensions: [".gif"],
    fits: (head) => /^GIF8[79]a/.test(head.toString("latin1", 0, 6)),
  },
  {
    type: "image/webp",
    extensions: [".webp"],
    fits: (head) => text("RIFF")(head) && text("WEBP", 8)(head),
  },
  {
    type: "audio/wav",
    extensions: [".wav", ".wave"],
    fits: (head) => text("RIFF")(head) && text("WAVE", 8)(head),
  },
  {
    type: "video/x-msvideo",
    extensions: [".avi"],
    fits: (head) => text("RIFF")(head) && text("AVI ", 8)(head),
  },
  { type: "image/avif", extensions: [".avif"], fits: brand(/^avi[fs]/) },
  { type: "image/heic", extensions: [".heic", ".heif"], fits: brand(/^(hei[cxms]|hev[cx]|mif1|msf1)/) },
  { type: "audio/mp4", extensions: [".m4a", ".m4b", ".mp4"], fits: brand(/^M4[AB]/) },
  { type: "video/quicktime", extensions: [".mov", ".qt", ".mp4"], fits: brand(/^qt /) },
  { type: "video/mp4", extensions: list(".mp4 .mpeg4 .m4v .m4a .mov .3gp .3g2 .f4v"), fits: brand(/^/) },
  {
    type: "image/bmp",
    extensions: [".bmp", ".dib"],
    fits: (head) => text("BM")(head) && hex("00000000", 6)(head),
  },
  {
    type: "image/tiff",
    extensions: list(".tif .tiff .dng .nef .cr2 .arw"),
    fits: either("49492a00", "4d4d002a"),
  },
  { type: "image/x-icon", extensions: [".ico", ".cur"], fits: either("00000100", "00000200") },
  {
    type: "application/pdf",
    extensions: [".pdf", ".ai"],
    fits: (head) => head.subarray(0, 1_024).includes("%PDF-"),
  },
  { type: "application/zip", extensions: list(zipNames), fits: either("504b0304", "504b0506", "504b0708") },
  { type: "application/gzip", extensions: list(".gz .tgz .svgz .gzip"), fits: hex("1f8b08") },
  { type: "application/x-bzip2", extensions: [".bz2", ".tbz2"], fits: text("BZh") },
  { type: "application/x-xz", extensions: [".xz", ".txz"], fits: hex("fd377a585a00") },
  { type: "application/zstd", extensions: [".zst", ".zstd"], fits: hex("28b52ffd") },
  { type: "application/x-7z-compressed", extensions: [".7z"], fits: hex("377abcaf271c") },
  { type: "application/vnd.rar", extensions: [".rar", ".cbr"], fits: text("Rar!\x1a\x07") },
  { type: "application/x-tar", extensions: [".tar"], fits: text("ustar", 257) },
  { type: "application/x-ole-storage", extensions: list(oleNames), fits: hex("d0cf11e0a1b11ae1") },
  { type: "application/vnd.apache.parquet", extensions: [".parquet", ".pq"], fits: text("PAR1") },
  { type: "application/vnd.apache.arrow.file", extensions: [".arrow", ".feather"], fits: text("ARROW1") },
  {
    type: "application/vnd.sqlite3",
    extensions: list(".sqlite .sqlite3 .db .db3 .gpkg"),
    fits: text("SQLite format 3\0"),
  },
  { type: "application/x-hdf5", extensions: list(".h5 .hdf5 .hdf .nc .mat"), fits: hex("894844460d0a1a0a") },
  { type: "audio/mpeg", extensions: [".mp3"], fits: (head) => text("ID3")(head) || isMpegAudio(head) },
  { type: "audio/flac", extensions: [".flac"], fits: text("fLaC") },
  { type: "audio/ogg", extensions: list(".ogg .oga .ogv .opus .ogx"), fits: text("OggS") },
  { type: "video/webm", extensions: list(".webm .mkv .mka .weba"), fits: hex("1a45dfa3") },
  { type: "video/mpeg", extensions: list(".mpg .mpeg .vob .mpe"), fits: either("000001ba", "000001b3") },
  { type: "font/woff2", extensions: [".woff2"], fits: text("wOF2") },
  { type: "font/woff", extensions: [".woff"], fits: text("wOFF") },
  { type: "application/wasm", extensions: [".wasm"], fits: hex("0061736d") },
  {
    type: "application/vnd.microsoft.portable-executable",
    extensions: list(".exe .dll .sys .scr .ocx .cpl .com"),
    fits: text("MZ"),
  },
  { type: "application/x-elf", extensions: list(".elf .so .o .ko .bin .run .out"), fits: hex("7f454c46") },
  {
    type: "application/x-mach-binary",
    extensions: list(".dylib .bundle .macho .class"),
    fits: either("feedface", "feedfacf", "cefaedfe", "cffaedfe", "cafebabe"),
  },
];

/** An ISO media file, by its brand. */
function brand(pattern: RegExp) {
  return (head: Buffer): boolean => text("ftyp", 4)(head) && pattern.test(head.toString("latin1", 8, 12));
}

function either(...starts: readonly string[]) {
  return (head: Buffer): boolean => starts.some((start) => hex(start)(head));
}

/** A frame of MPEG audio, layer III: eleven set bits, and neither rate is the reserved one. */
function isMpegAudio(head: Buffer): boolean {
  const [first = 0, second = 0, third = 0] = head;
  return first === 0xff && (second & 0xe6) === 0xe2 && third >> 4 !== 15 && (third & 0x0c) !== 0x0c;
}
