const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const FIELDS = [
  { name: "minute", low: 0, high: 59, names: [] },
  { name: "hour", low: 0, high: 23, names: [] },
  { name: "day of the month", low: 1, high: 31, names: [] },
  { name: "month", low: 1, high: 12, names: MONTHS },
  { name: "day of the week", low: 0, high: 7, names: DAYS },
];

/** A schedule in the five fields of cron. */
export function cron(schedule) {
  const texts = schedule.trim().split(/\s+/);
  if (texts.length !== FIELDS.length) return "must have the five fields of cron";
  const wrong = FIELDS.find((field, index) => !texts[index].split(",").every((part) => isPart(part, field)));
  return wrong && `must be cron: its ${wrong.name} is not`;
}

function isPart(part, field) {
  const [, range, step] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
  if (range === undefined || step === "0") return false;
  if (range === "*") return true;
  const ends = range.split("-").map((end) => numberOf(end, field));
  return ends.length <= 2 && ends.every((end) => end >= field.low && end <= field.high) && ends[0] <= ends.at(-1);
}

function numberOf(text, { low, names }) {
  const at = names.indexOf(text.toUpperCase());
  if (at >= 0) return at + low;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
