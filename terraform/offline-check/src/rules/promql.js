import { parser } from "@prometheus-io/lezer-promql";

/** A query as Prometheus' own grammar reads it; whether its metrics and labels exist is not known here. */
export function promql(query) {
  const cursor = parser.parse(query).cursor();
  do {
    if (cursor.type.isError) return `must be PromQL: not understood from "${query.slice(cursor.from, cursor.from + 30)}" on`;
  } while (cursor.next());
  return undefined;
}
