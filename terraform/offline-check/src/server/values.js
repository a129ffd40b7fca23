import { decode, encode, ExtensionCodec } from "@msgpack/msgpack";

/** A value Terraform does not know yet. */
export const UNKNOWN = Object.freeze({ unknown: true });

// Terraform writes an unknown value as extension 0, and as 12 when it knows something about it, such as that it is not null.
const codec = new ExtensionCodec();
codec.register({ type: 0, encode: (value) => (value === UNKNOWN ? new Uint8Array(1) : null), decode: () => UNKNOWN });
codec.register({ type: 12, encode: () => null, decode: () => UNKNOWN });

/** The plain value of a DynamicValue: objects, arrays, strings, numbers, booleans, null and {@link UNKNOWN}. */
export function fromWire(dynamic) {
  if (!dynamic) return null;
  return dynamic.msgpack?.length > 0 ? decode(dynamic.msgpack, { extensionCodec: codec }) : JSON.parse(dynamic.json.toString());
}

export function toWire(value) {
  return { msgpack: Buffer.from(encode(value, { extensionCodec: codec })) };
}
