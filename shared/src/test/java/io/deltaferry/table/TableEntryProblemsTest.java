package io.deltaferry.table;

import static io.deltaferry.table.WrongTableFile.HEAD;
import static io.deltaferry.table.WrongTableFile.ORDERS;
import static io.deltaferry.table.WrongTableFile.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with the entry of a table, and where. */
class TableEntryProblemsTest {
  private static final String MODES =
      "incremental, append, replace, window, reconcile, test, backfill, change_log";

  private static final String LOGGED = ORDERS + "    mode: change_log\n    change_log: ";

  static Stream<Arguments> tables() {
    return Stream.of(
        arguments(
            ORDERS + "    curser: x",
            "12: tables.orders.curser: unknown key, did you mean 'cursor'?"),
        arguments(
            ORDERS + "    view: true\n    reconcile: {deletes: hard}",
            "12: tables.orders.view: has no use with deletes: hard, which takes deleted rows out of the target itself"),
        arguments(
            ORDERS + "    view: latest",
            "12: tables.orders.view: 'latest' is neither true nor false"),
        arguments(
            ORDERS
                + "    view: true\n  more: {source: public.more, target: Current_orders, cursor: a}",
            "9: tables.orders: its view would have the name of the target of 'more': shop.current_orders"),
        arguments(
            ORDERS + "    view: true\n    mode: append\n    target: " + "x".repeat(1_020),
            "9: tables.orders: the name of its view is too long for a BigQuery table id (1024 bytes)"),
        arguments(
            ORDERS + "    cluster_by: [a, b, c, d, e]",
            "12: tables.orders.cluster_by: has 5 columns; BigQuery clusters by at most 4"),
        arguments(
            ORDERS + "    cluster_by: all",
            "12: tables.orders.cluster_by: 'all' is neither a list of columns nor none"),
        arguments(
            ORDERS + "    require_partition_filter: true",
            "12: tables.orders.require_partition_filter: needs 'partition_by'"),
        arguments(
            ORDERS + "    partition_by: {column: a, granularity: week}",
            "12: tables.orders.partition_by.granularity: 'week' is none of hour, day, month, year"),
        arguments(
            ORDERS + "    partition_by: {column: a, start: 5, end: 5, interval: 1}",
            "12: tables.orders.partition_by: has no partition: 'end' is above 'start', and 'interval' is 1 or more"),
        arguments(
            ORDERS + "    partition_by: {column: a, start: 0, end: 1000000, interval: 1}",
            "12: tables.orders.partition_by: has more than 10000 partitions, which BigQuery refuses; make 'interval' wider"),
        arguments(
            ORDERS + "    partition_by: {column: a, start: 0, end: 100001, interval: 10}",
            "12: tables.orders.partition_by: has more than 10000 partitions, which BigQuery refuses; make 'interval' wider"),
        arguments(
            ORDERS
                + "    partition_by: {column: a, start: -9223372036854775808, end: 9223372036854775807, interval: 1}",
            "12: tables.orders.partition_by: has more than 10000 partitions, which BigQuery refuses; make 'interval' wider"),
        arguments(
            ORDERS + "    columns:\n      a: {type: 'NUMERIC(38, 10)'}",
            "13: tables.orders.columns.a.type: 'NUMERIC(38, 10)' is beyond BigQuery's NUMERIC, which has up to 29 digits before the point, up to 9 after it, and at least one in all"),
        arguments(
            ORDERS + "    columns:\n      a: {type: numeric(0)}",
            "13: tables.orders.columns.a.type: 'numeric(0)' is beyond BigQuery's NUMERIC, which has up to 29 digits before the point, up to 9 after it, and at least one in all"),
        arguments(
            ORDERS + "    columns:\n      a: {type: 'BIGNUMERIC(90, 2)'}",
            "13: tables.orders.columns.a.type: 'BIGNUMERIC(90, 2)' is beyond BigQuery's BIGNUMERIC, which has up to 38 digits before the point, up to 38 after it, and at least one in all"),
        arguments(
            ORDERS + "    columns:\n      a: {type: INT64(3)}",
            "13: tables.orders.columns.a.type: 'INT64(3)' gives digits to INT64, which has none to give"),
        arguments(
            ORDERS + "    columns: {day: {convert: now()}}\n    backfill: {column: day}",
            "12: tables.orders.columns: 'day' is the column that the backfill goes by, whose days have to be the source's own"),
        arguments(
            ORDERS + "    run_id_column: _Uploaded_at",
            "12: tables.orders.run_id_column: '_Uploaded_at' is a name that Deltaferry uses itself"),
        arguments(
            ORDERS + "    run_id_column: _deleted",
            "12: tables.orders.run_id_column: '_deleted' is a name that Deltaferry uses itself"),
        arguments(
            ORDERS + "    run_id_column: _df_marks",
            "12: tables.orders.run_id_column: '_df_marks' is a name that Deltaferry uses itself"),
        arguments(
            ORDERS + "    run_id_column: _file_run",
            "12: tables.orders.run_id_column: '_file_run' begins with _FILE_, which BigQuery reserves"),
        arguments(
            ORDERS + "    run_id_column: Run\n    columns: {a: {rename: run}}",
            "13: tables.orders.columns: 'a' is renamed to the run_id_column; give it another name"),
        arguments(
            ORDERS + "    partition_by: {column: a, start: 0, end: 9}",
            "12: tables.orders.partition_by.interval: is missing; ranges have a start, an end and an interval"),
        arguments(
            ORDERS + "    partition_by: {granularity: day}",
            "12: tables.orders.partition_by.column: is missing; name the column by which the target is partitioned"),
        arguments(
            ORDERS + "    exclude: [a]\n    partition_by: a",
            "12: tables.orders.exclude: 'a' is a column by which the target is partitioned or clustered"),
        arguments(
            ORDERS + "    labels: {Team: x}",
            "12: tables.orders.labels.Team: is no label: lower-case letters, digits, _ and -, at most 63"),
        arguments(
            ORDERS + "    labels: {managed_by: me}",
            "12: tables.orders.labels.managed_by: is a label that Deltaferry sets itself"),
        arguments(
            ORDERS + "    labels: {team: Sales}",
            "12: tables.orders.labels.team: 'Sales' is no label's value: lower-case letters, digits, _ and -, at most 63"),
        arguments(
            ORDERS + "    on_new_column: fill",
            "12: tables.orders.on_new_column: 'fill' is none of null, backfill"),
        arguments(ORDERS + "    zzz: x", "12: tables.orders.zzz: unknown key"),
        arguments(ORDERS + "    cursor: x", "12: tables.orders.cursor: stands here a second time"),
        arguments(ORDERS + "    key: id", "12: tables.orders.key: must be a list, such as [id]"),
        arguments(
            ORDERS + "    key: []",
            "12: tables.orders.key: is an empty list; name something or remove the key"),
        arguments(
            ORDERS + "    key:\n      - id\n      - id",
            "14: tables.orders.key[1]: 'id' is listed twice"),
        arguments(
            ORDERS + "    key:\n      - id\n      - [a]",
            "14: tables.orders.key[1]: must be one value, not a list"),
        arguments(
            ORDERS + "    filter: {a: b}",
            "12: tables.orders.filter: must be one value, not a group of keys"),
        arguments(
            ORDERS + "    filter:",
            "12: tables.orders.filter: has no value; give one or remove the key"),
        arguments(
            ORDERS + "    filter: a = 1;",
            "12: tables.orders.filter: 'a = 1;' must not end with a semicolon"),
        arguments(
            ORDERS + "    query: SELECT 1\n    key: [a]",
            "9: tables.orders: needs exactly one of 'source' and 'query'"),
        arguments(
            "  orders:\n    cursor: c",
            "9: tables.orders: needs exactly one of 'source' and 'query'"),
        arguments(
            "  orders:\n    source: a.b",
            "9: tables.orders.cursor: is missing; incremental needs the column that grows with every change"),
        arguments(
            "  orders:\n    query: SELECT 1\n    cursor: c",
            "9: tables.orders.key: is missing; a query has no primary key to take from the catalog"),
        arguments(
            "  orders:\n    source: orders\n    cursor: c",
            "10: tables.orders.source: 'orders' must name schema and table, as in public.orders"),
        arguments(
            "  orders:\n    source: a.b.c\n    cursor: c",
            "10: tables.orders.source: 'a.b.c' must name schema and table, as in public.orders"),
        arguments(
            "  orders:\n    source: my schema.t\n    cursor: c",
            "10: tables.orders.source: 'my schema.t' is not a name as PostgreSQL writes it: quote parts that hold more than letters, digits and _, as in \"My Schema\".\"My.Table\""),
        arguments("  orders:", "9: tables.orders: must hold keys of its own"),
        arguments(
            "  orders: public.orders",
            "9: tables.orders: must hold keys of its own, not a single value"),
        arguments(
            ORDERS + "    mode: reconcile",
            "12: tables.orders.mode: reconcile brings no rows: name the mode that does, and when to reconcile in reconcile: {schedule: ..}"),
        arguments(
            ORDERS + "    reconcile: {deletes: had}",
            "12: tables.orders.reconcile.deletes: 'had' is none of soft, hard; did you mean 'hard'?"),
        arguments(
            ORDERS + "    reconcile: {max_deletes: 101%}",
            "12: tables.orders.reconcile.max_deletes: '101%' is neither a share of the rows from 0% to 100% nor a number of rows; write 10% or 1000"),
        arguments(
            ORDERS + "    reconcile: {max_deletes: -1}",
            "12: tables.orders.reconcile.max_deletes: '-1' is neither a share of the rows from 0% to 100% nor a number of rows; write 10% or 1000"),
        arguments(
            ORDERS + "    reconcile: {max_delets: 1}",
            "12: tables.orders.reconcile.max_delets: unknown key, did you mean 'max_deletes'?"),
        arguments(
            ORDERS + "    mode: append\n    reconcile: {deletes: hard}",
            "13: tables.orders.reconcile: deletes: hard would take rows out of the copies that append keeps; use soft"),
        arguments(
            "  orders:\n    query: SELECT 1\n    mode: replace\n    reconcile: {schedule: 0 3 * * *}",
            "9: tables.orders.key: is missing; reconcile finds deleted rows by their key"),
        arguments(
            ORDERS + "    mode: change_log",
            "9: tables.orders.change_log: is missing; name the log, as in {table: public.audit, key: object_id, action: action}"),
        arguments(
            ORDERS + "    change_log: {table: a.log, key: k, action: a}",
            "12: tables.orders.change_log: has no use without mode: change_log"),
        arguments(
            LOGGED + "{table: a.log, key: k, action: a, keys: x}",
            "13: tables.orders.change_log.keys: unknown key, did you mean 'key'?"),
        arguments(
            LOGGED + "{table: a.log, key: k, action: a, watch: [x]}",
            "13: tables.orders.change_log.watch: needs 'changed_fields': the column that says what has changed"),
        arguments(
            LOGGED + "{table: a.log, key: k, action: a, changed_fields: f}",
            "13: tables.orders.change_log.changed_fields: has no use without 'watch': the columns that count"),
        arguments(
            LOGGED + "{table: a.log, key: k, action: a, actions: {added: [X], deleted: [x]}}",
            "13: tables.orders.change_log.actions: says two things of one word; list each word once"),
        arguments(
            LOGGED + "{table: a.log, key: k, action: a, actions: {add: [X]}}",
            "13: tables.orders.change_log.actions.add: unknown key"),
        arguments(
            LOGGED + "{table: a.log, key: k, action: a, content_type: {column: c}}",
            "13: tables.orders.change_log.content_type.value: is missing; say what it shows for this table"),
        arguments(
            LOGGED + "{table: a.log, key: k, action: a}\n    slices: [a = 1, a <> 1]",
            "14: tables.orders.slices: has no use with mode: change_log, whose slices go by the key"),
        arguments(
            LOGGED + "{table: a.log, key: [k, l], action: a}\n    key: [id]",
            "13: tables.orders.change_log: 'key' has 2 columns, and the table's key has 1; list one for each, in that order"),
        arguments(
            ORDERS + "    mode: window",
            "9: tables.orders.window: is missing; say how long a window each run reads, as in 2d"),
        arguments(
            ORDERS + "    window: 2d", "12: tables.orders.window: has no use without mode: window"),
        arguments(
            ORDERS + "    mode: window\n    window: 0s",
            "13: tables.orders.window: '0s' is a window without rows; give the time between two runs at least"),
        arguments(
            ORDERS + "    mode: incremetal",
            "12: tables.orders.mode: 'incremetal' is none of %s; did you mean 'incremental'?"
                .formatted(MODES)),
        arguments(
            ORDERS + "    exclude: [updated_at]",
            "12: tables.orders.exclude: 'updated_at' is the cursor and must be copied"),
        arguments(
            ORDERS + "    key: [id]\n    exclude: [id]",
            "13: tables.orders.exclude: 'id' is a key column and must be copied"),
        arguments(
            ORDERS + "    hash: [email]",
            "12: tables.orders.hash: needs the top-level key 'hash_key': the secret to hash with"),
        arguments(
            ORDERS + "    hash: [updated_at]\nhash_key: sixteen bytes, and more",
            "12: tables.orders.hash: 'updated_at' is the cursor, whose order a hash has not"),
        arguments(
            ORDERS + "    hash: [a]\n    exclude: [a]\nhash_key: sixteen bytes, and more",
            "12: tables.orders.hash: 'a' is excluded"),
        arguments(
            ORDERS + "    hash: [a]\n    conversions: {a: fail}\nhash_key: sixteen bytes, and more",
            "13: tables.orders.conversions: 'a' is hashed, and so always text"),
        arguments(
            ORDERS + "    include: [a]",
            "12: tables.orders.include: has no use without 'exclude' or 'hash': all columns travel"),
        arguments(
            ORDERS + "    exclude: [a]\n    include: [a]",
            "13: tables.orders.include: 'a' is excluded"),
        arguments(
            ORDERS + "hash_key: fifteen bytes .",
            "12: hash_key: is too short: a key has at least 16 bytes"),
        arguments(
            ORDERS + "    backfill: {period: dya}",
            "12: tables.orders.backfill.period: 'dya' is none of day, week, month; did you mean 'day'?"),
        arguments(
            ORDERS + "    backfill: {order: latest}",
            "12: tables.orders.backfill.order: 'latest' is none of newest, oldest"),
        arguments(
            ORDERS + "    exclude: [b]\n    backfill: {column: b}",
            "13: tables.orders.backfill: 'b' is hidden, and so are its days"),
        arguments(
            ORDERS + "    priority: high",
            "12: tables.orders.priority: 'high' is not a whole number"),
        arguments(
            ORDERS + "    strict: perhaps",
            "12: tables.orders.strict: 'perhaps' is neither true nor false"),
        arguments(
            ORDERS + "    stamped_by: databse",
            "12: tables.orders.stamped_by: 'databse' is none of auto, database, application; did you mean 'database'?"),
        arguments(
            ORDERS + "    cursor_time_zone: Mars/Olympus",
            "12: tables.orders.cursor_time_zone: 'Mars/Olympus' is not a time zone; write one such as America/New_York or UTC"),
        arguments(
            ORDERS + "    clock_margin: soon",
            "12: tables.orders.clock_margin: 'soon' is not a duration; write 90s, 15m, 2h, 1h30m or ISO PT15M"),
        arguments(
            ORDERS + "    id_lateness: -1",
            "12: tables.orders.id_lateness: '-1' is negative; give 0 or more"),
        arguments(
            ORDERS + "    id_lateness: many",
            "12: tables.orders.id_lateness: 'many' is not a whole number"),
        arguments(
            ORDERS + "    max_replica_lag: 5",
            "12: tables.orders.max_replica_lag: '5' is not a duration; write 90s, 15m, 2h, 1h30m or ISO PT15M"),
        arguments(
            ORDERS + "    lateness: 15 parsecs",
            "12: tables.orders.lateness: '15 parsecs' is not a duration; write 90s, 15m, 2h, 1h30m or ISO PT15M"),
        arguments(
            ORDERS + "    lateness: PT-1S",
            "12: tables.orders.lateness: 'PT-1S' is negative; a duration is 0s or longer"),
        arguments(
            ORDERS + "    run_expiry: 0s",
            "12: tables.orders.run_expiry: '0s' would count every run as abandoned at once; give at least 1s"),
        arguments(
            ORDERS + "    max_lag: 0s",
            "12: tables.orders.max_lag: '0s' is a lag that no table can keep; give at least 1s, or none"),
        arguments(
            ORDERS + "    schedule: every 5 minutes",
            "12: tables.orders.schedule: 'every 5 minutes' is not a schedule of five fields: minute hour day-of-month month day-of-week, such as '*/15 * * * *'"),
        arguments(
            ORDERS + "    schedule: 61 * * * *",
            "12: tables.orders.schedule: '61 * * * *' is not a cron schedule: a field holds *, numbers, ranges (1-5), lists (1,3) or steps (*/15) within its limits"),
        arguments(
            ORDERS + "    conversions: {a: drop}",
            "12: tables.orders.conversions.a: 'drop' is none of clamp, null, fail, string"),
        arguments(
            ORDERS + "    key: [id]\n    conversions: {id: clamp}",
            "13: tables.orders.conversions: 'id' is a key column: keys are never changed; use 'fail' or 'string'"),
        arguments(
            ORDERS + "    conversions: {updated_at: string}",
            "12: tables.orders.conversions: 'updated_at' is the cursor, whose order text and NULL have not; use 'fail' or 'clamp'"),
        arguments(
            ORDERS
                + "    hash: [a]\n    columns: {a: {type: STRING}}\nhash_key: sixteen bytes, and more",
            "13: tables.orders.columns: 'a' is hashed; it can only be renamed"),
        arguments(
            ORDERS + "    exclude: [a]\n    conversions: {a: fail}",
            "13: tables.orders.conversions: 'a' is excluded"),
        arguments(
            ORDERS + "    unknown_types: txt",
            "12: tables.orders.unknown_types: 'txt' is none of fail, text; did you mean 'text'?"),
        arguments(
            ORDERS + "    extract_in: job\n    slices: [id < 5, id >= 5]",
            "13: tables.orders.slices: has no use with extract_in: job, which reads all rows at once"),
        arguments(
            ORDERS + "    extract_in: jobs",
            "12: tables.orders.extract_in: 'jobs' is none of service, job; did you mean 'job'?"),
        arguments(
            ORDERS + "    assume_unique: yes",
            "12: tables.orders.assume_unique: 'yes' is neither true nor false"),
        arguments(
            ORDERS + "    assume_unique: true",
            "12: tables.orders.assume_unique: needs 'key': the columns to be assumed unique"),
        arguments(
            ORDERS + "    part_bytes: 64 parts",
            "12: tables.orders.part_bytes: '64 parts' is not a size; write 64MiB, 100MB or a number of bytes"),
        arguments(
            ORDERS + "    part_bytes: 5GB",
            "12: tables.orders.part_bytes: '5GB' is out of range; parts have 1KiB to 4GB"),
        arguments(
            ORDERS + "    slice_rows: 0",
            "12: tables.orders.slice_rows: '0' is no size of a slice; give at least 100"),
        arguments(
            ORDERS + "    slice_rows: many",
            "12: tables.orders.slice_rows: 'many' is not a whole number"),
        arguments(
            ORDERS + "    parallel_slices: 0",
            "12: tables.orders.parallel_slices: '0' is out of range; a run reads 1 to 100 slices at a time"),
        arguments(
            ORDERS + "    slices: [id > 0]",
            "12: tables.orders.slices: has one condition; give two or more, or remove the key"),
        arguments(
            ORDERS + "    slices: [" + "id > 0, ".repeat(401) + "]",
            "12: tables.orders.slices: has 401 conditions; a run has at most 400 slices: make each of them wider"),
        arguments(
            ORDERS + "    slices: [id > 0, id <= 0;]",
            "12: tables.orders.slices[1]: 'id <= 0;' must not end with a semicolon"),
        arguments(
            ORDERS + "    target: a.b.c",
            "12: tables.orders.target: 'a.b.c' is not a BigQuery table id: use letters, digits, _, - and spaces"),
        arguments(
            ORDERS + "    target: shop_control.x",
            "12: tables.orders.target: 'shop_control.x' lies in the staging or control dataset"),
        arguments(
            ORDERS + "  orders:\n    source: a.b\n    cursor: c",
            "12: tables.orders: stands here a second time"),
        arguments(
            ORDERS + "  Orders:\n    source: a.b\n    cursor: c",
            "12: tables.Orders: differs from 'orders' only in case"),
        arguments(
            ORDERS + "  more:\n    source: a.b\n    target: orders\n    cursor: c",
            "12: tables.more: has the same target as 'orders': shop.orders"),
        arguments(
            "  my orders:\n    source: a.b\n    target: t\n    cursor: c",
            "9: tables.my orders: is not a table name: use 1 to 100 letters, digits, _ or -, not starting with -"),
        arguments(
            ORDERS + "    filter: a = ${NOPE}",
            "12: tables.orders.filter: ${NOPE} is not set in the environment"),
        arguments(
            ORDERS + "    filter: a = ${1}",
            "12: tables.orders.filter: '${' starts no ${NAME}; write '$${' for the characters themselves"),
        arguments(
            ORDERS + "    priority: ${TOKEN}",
            "12: tables.orders.priority: '${TOKEN}' is not a whole number"),
        arguments(
            ORDERS + "    mode: ${TOKEN}",
            "12: tables.orders.mode: '${TOKEN}' is none of %s".formatted(MODES)));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void saysWhatIsWrongWithATable(String tables, String expected) {
    assertThat(problems(HEAD + tables)).containsExactly("tables.yaml:" + expected);
  }
}
