import { readingLimits } from "../../wire/reading.ts";
import { noWorkbook, ReadProblem } from "./read-problem.ts";

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const endBytes = 22;
const entryBytes = 46;

/** Refuses an archive that would unpack to far more than it is, by its own list of entries, before any of it is unpacked. */
export function checkZip(bytes: Buffer): void {
  const end = findEnd(bytes);
  if (end === undefined) throw new ReadProblem(noWorkbook);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  let unpacked = 0;
  let seen = 0;
  for (; at + entryBytes <= bytes.length && bytes.readUInt32LE(at) === entryMark; seen++) {
    unpacked += bytes.readUInt32LE(at + 24);
    at +=
      entryBytes + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (seen > readingLimits.entries) throw bomb();
  }
  if (seen !== count) throw new ReadProblem(noWorkbook);
  if (unpacked > readingLimits.unpackedBytes || unpacked > bytes.length * readingLimits.unpackedRatio)
    throw bomb();
}

function bomb(): ReadProblem {
  return new ReadProblem("It unpacks to far more than it is, and is not read.");
}

/** A comment may stand behind the mark of the end. */
function findEnd(bytes: Buffer): number | undefined {
  for (let at = bytes.length - endBytes; at >= 0 && at > bytes.length - endBytes - 65_536; at--)
    if (bytes.readUInt32LE(at) === endMark) return at;
  return undefined;
}
