// The makers of checks: each gives a function from a value to what it must be, or to nothing where it is that already.

export function between(low, high) {
  return (value) => (Number(value) >= low && Number(value) <= high ? undefined : `must be ${low} to ${high}`);
}

export function oneOf(...allowed) {
  return (value) => (allowed.includes(value) ? undefined : `must be one of ${allowed.join(", ")}`);
}

export function matching(pattern, words) {
  return (value) => (pattern.test(value) ? undefined : `must be ${words}`);
}

/** A duration as Google's APIs write it: seconds with an `s`. */
export function seconds(low, high) {
  return (value) => {
    const number = /^\d+(\.\d{1,9})?s$/.test(value) ? Number.parseFloat(value) : Number.NaN;
    return number >= low && number <= high ? undefined : `must be seconds with an "s" behind, "${low}s" to "${high}s"`;
  };
}

/** Every one of several checks, told in their order. */
export function all(...checks) {
  return (value) => checks.map((check) => check(value)).find(Boolean);
}

/** A check of each element of a list or set. */
export function each(check) {
  return (values) => values.map((value) => (typeof value === "string" ? check(value) : undefined)).find(Boolean);
}

export function json(value) {
  try {
    JSON.parse(value);
    return undefined;
  } catch (error) {
    return `must be JSON: ${error.message}`;
  }
}

export function base64(value) {
  return /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value) ? undefined : "must be base64, as from base64encode()";
}

export const filled = matching(/\S/, "not empty");
export const email = matching(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, "an e-mail address, such as a service account's `email`");
export const topic = matching(/^(projects\/[^/]+\/topics\/)?[A-Za-z][\w.~+%-]{2,254}$/, "a topic's name or projects/PROJECT/topics/NAME");
export const fullTopic = matching(/^projects\/[^/]+\/topics\/[^/]+$/, "projects/PROJECT/topics/NAME, as a topic's `id`");

/** Labels as most of Google's services take them. */
export function labels(value) {
  const wrong = Object.entries(value).find(
    ([key, text]) => !/^\p{Ll}[\p{Ll}\p{N}_-]{0,62}$/u.test(key) || (typeof text === "string" && !/^[\p{Ll}\p{N}_-]{0,63}$/u.test(text)),
  );
  return wrong && `must have lower-case letters, digits, "_" and "-" only, up to 63 of them, in "${wrong[0]}"`;
}
