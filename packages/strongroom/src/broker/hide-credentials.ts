/** Hides a connection's own credentials in what it answers: in what bytes say, never in how they travel. */
import type { Mask } from "../secrets/mask.ts";
import { hidden } from "../secrets/mask.ts";
import type { BrokerAnswer } from "../wire/query-answer.ts";
import type { QueryValue } from "../wire/query.ts";
import { BrokerError } from "./errors.ts";

const textTypes =
  /^(text\/|application\/([\w.-]+\+)?(json|xml|yaml|x-ndjson|x-www-form-urlencoded|javascript))/i;

/** A part of an answer, as text, without credentials. */
export function withoutCredentials(text: string, mask: Mask): string {
  if (!mask.finds(text)) return text;
  const answer = JSON.parse(text) as BrokerAnswer; // the broker wrote it
  if ("chunk" in answer) {
    const chunk = answer.chunk.map((values) => values.map((value) => cell(value, mask)));
    return JSON.stringify({ ...answer, chunk });
  }
  if (!("body" in answer) || answer.body === undefined) return mask.json(text);
  const { body, ...head } = answer;
  return JSON.stringify({ ...(JSON.parse(mask.json(JSON.stringify(head))) as BrokerAnswer), body });
}

/** The last part of a web service's answer; throws where credentials stand in what is no text. */
export function withoutCredentialsInBody(answer: BrokerAnswer, mask: Mask): BrokerAnswer {
  if (mask.isEmpty || !("body" in answer) || answer.body === undefined) return answer;
  const bytes = Buffer.from(answer.body, "base64");
  if (!mask.finds(textOf(bytes).text)) return answer;
  const type = answer.headers?.find(([name]) => name === "content-type")?.[1] ?? "text/plain";
  if (!textTypes.test(type))
    throw new BrokerError(
      "ERR_QUERY_REFUSED",
      "The service's answer holds the connection's credentials, in bytes that are no text: it is not handed on.",
    );
  return { ...answer, body: masked(bytes, mask).toString("base64") };
}

function cell(value: QueryValue, mask: Mask): QueryValue {
  if (typeof value !== "object" || value === null) return scalar(value, mask);
  if ("bytes" in value) return { bytes: masked(Buffer.from(value.bytes, "base64"), mask).toString("base64") };
  if ("json" in value) return { json: mask.json(value.json) };
  return mask.finds(Object.values(value).join("")) ? hidden : value;
}

function scalar(value: null | boolean | number | string, mask: Mask): QueryValue {
  const clean = mask.value(value);
  return typeof clean === "object" ? null : clean;
}

/** Bytes without credentials; those that are no text give way as a whole. */
function masked(bytes: Buffer, mask: Mask): Buffer {
  const { text, isText } = textOf(bytes);
  if (!mask.finds(text)) return bytes;
  if (!isText) return Buffer.from(hidden);
  const clean = mask.text(text);
  // A number of JSON cannot hold what stands in its place; all else keeps its digits and its spaces.
  return Buffer.from(isJson(text) && !isJson(clean) ? mask.json(text) : clean);
}

function textOf(bytes: Buffer): { readonly text: string; readonly isText: boolean } {
  const text = bytes.toString();
  // What is no UTF-8 is read one character a byte: what is ASCII in it stays as it is.
  return text.includes("\ufffd") ? { text: bytes.toString("latin1"), isText: false } : { text, isText: true };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
