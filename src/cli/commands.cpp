#include "cli/options.hpp"

namespace fleetmeter::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> kCommands{
      {"ingest", "Reading in", "Read archives of snapshots into the store",
       "Gives one row per source: snapshots stored, good records of processes, of them new, "
       "duplicate (known already) and restated (another word on a known instant); rejected records "
       "or documents; set_aside objects that are not processes; bytes read; mb_per_s; passed_over, "
       "entries of a folder that are no archives; shared_time, documents with one time from the "
       "name; placeholder_times, which mean none; made_good, rejects of before that are whole now; "
       "status (stored, known, partly, no_time, unreadable, rejected) and error; "
       "scope_contradicted, running lists that hold what they were not asked for. On a terminal "
       "one line over all, and rows where there is something to tell. Running it again changes "
       "nothing.",
       run_ingest},
      {"deployments", "Reading in", "Import or list the machines that processes run on",
       "`deployments import FILE...` reads the vendor's JSON (V1, V2, V3) or a CSV; `deployments` "
       "lists what the last document says of each: its vCPU, memory, roomsPerProcess and plan.",
       run_deployments},
      {"rates", "Reading in", "Import or list rate cards",
       "`rates import FILE...` reads JSON or CSV; `rates` lists every price, imported and built "
       "in. A card that is imported again is a new version of it.",
       run_rates},
      {"policy", "Reading in", "Import or list billing policies",
       "A policy says how usage becomes a quantity: the billing clock, rounding, minimum, GB or "
       "GiB, the zone of months, what counts of processes without an end. `policy import FILE...`.",
       run_policy},
      {"invoice", "Reading in", "Import or list the vendor's invoices",
       "`invoice import FILE...` reads Invoice, InvoiceItem and usage-limits JSON, or a CSV of "
       "lines; --id and --month say what such a document leaves out. `invoice show ID` tells how "
       "each of its lines is read, and why.",
       run_invoice},
      {"billing", "Questions", "Billable time in a window",
       "Gives the groups, then processes (whose hi is over 0), billable_ms and its bounds "
       "billable_ms_lo and billable_ms_hi: milliseconds from startedAt to stoppingAt. lo is what "
       "is certain, hi what is possible where an end was not seen. Rows that are all zero are left "
       "out.",
       run_billing},
      {"egress", "Questions", "Bytes that left, in a window",
       "Gives the groups, then processes (with hi over 0, or open), egress_bytes and its bounds "
       "egress_bytes_lo and egress_bytes_hi; open_processes, whose last bytes were not seen (hi "
       "holds only what was); unmetered_processes, which never said a counter and add nothing.",
       run_egress},
      {"cost", "Questions", "What the usage in a window costs",
       "Gives the groups, then product, quantity with its bounds, unit, unit_price, amount with "
       "its bounds, currency, status (rated; idle, unlisted: by room, what no room had; rounding: "
       "what rounding the line once gives more than its parts; no_deployment, no_price, unmetered: "
       "not priced), processes, and the exact quantity. --by room shares a process's cost among "
       "its rooms by time.",
       run_cost},
      {"coverage", "Questions", "Polls, gaps, holes and capped polls per app and region",
       "A poll is an instant at which a process was seen there, or a running list, maybe an empty "
       "one, speaks for it; capped_polls were cut lists. A gap is a span between polls longer than "
       "--gap (else three times the usual interval) while some process was alive there; "
       "uncovered_ms is their sum. A hole is a span between two running lists, of which the later "
       "was cut and shows no process as old as the earlier list: some may have come and gone "
       "unseen; hole_ms is their sum. Of what reaches out of the window, the part inside counts. "
       "unpolled_ms is time far from any poll, whatever ran. seen_share is the part of the window, "
       "in percent, in which lists would have shown every process. --advise tells what the bounds "
       "of billable time would have been, polled otherwise: more rarely is measured by leaving "
       "polls out, more often or better is computed.",
       run_coverage},
      {"anomalies", "Questions", "Flagged processes, one line per flag",
       "Flags: ahead_of_snapshot, clamped32, counter_break, flickered, gone, identity_change, "
       "inverted, long_life, "
       "never_started, no_stop_order, open, orphan, restated, running, stale_read, starting, "
       "unknown_start, unmetered, wrap32. Each with its evidence and the snapshot, source and byte "
       "offset where it shows.",
       run_anomalies},
      {"explain", "Questions",
       "The evidence behind one process's numbers, or the processes behind a row",
       "Gives one piece of evidence a row: section, name, at_ms, to_ms, value with value_lo and "
       "value_hi (milliseconds under billable, bytes elsewhere), note, and the snapshot behind it: "
       "snapshot_seq, source, byte_offset, byte_length (after decompression), sha256. With "
       "--billing or --egress: the processes behind a row of that command, the largest first; what "
       "they add, with its bounds, sums exactly to the row. With --verify: a row per document "
       "behind it, and whether it holds, is changed, missing, or contradicted (its bytes say "
       "something else than the store). Exit 1 when one does not hold.",
       run_explain},
      {"diff", "Questions", "What changed between two states of knowledge, and why",
       "A state of knowledge is what was stored up to a snapshot. Each number has three columns: "
       "from_, to_ and change_, of billable_ms and egress_bytes with their bounds, open_processes "
       "and unmetered_processes. Section rows has what changed of each group; processes has each "
       "process with its cause, the evidence, and the document that says it; causes sums them: "
       "new_process, corrected_time, new_final, gone, restatement, late_snapshot, and as_of for "
       "what changed only because time went on. All sum exactly to the total.",
       run_diff},
      {"status", "Questions", "What is in the store",
       "Gives one row of counts; gaps are those of `coverage`, store_bytes includes the log.",
       run_status},
      {"compare", "Verdicts", "Somebody's own table against what was metered",
       "Reads a CSV with columns for groups (month, day, hour, app, deployment, region, process) "
       "and quantities in the units of their names (hours, billable_ms, minutes, bytes, GB, GiB). "
       "Gives the groups, then line, column, value, metered with its bounds, status (inside, "
       "above, below; open: above what was seen, and nothing bounds it; missing: no row for what "
       "is certain) and off. Exit 0 when no cell is above, below or missing, else 1.",
       run_compare},
      {"reconcile", "Verdicts", "A vendor's invoice against the store",
       "Gives sections: header; lines, one product each with what was invoiced and metered, its "
       "bounds, variances, tolerances and status (MATCH, WRONG_PRICE, BAD_ARITHMETIC, DUPLICATE, "
       "NOT_ITEMISED, WITHIN_TOLERANCE, WITHIN_BOUNDS, EXPLAINED, OVERBILLED, UNDERBILLED, "
       "UNBOUNDED, NOT_ON_INVOICE, NOT_METERED, STATED), and what else the invoice says with its "
       "sum due; waterfall, from invoiced to metered; policies that explain the vendor's figure; "
       "contributors to `explain`. Exit 0 when the invoice can stand, else 1.",
       run_reconcile},
      {"report", "Reports and seals", "Make the report folder of a day or a month",
       "Gives one line per period: made, unchanged, remade or restated. A folder holds index.html, "
       "billing.csv, egress.csv, processes.csv, anomalies.csv, coverage.csv, report.json, "
       "report.md and manifest.json; it appears whole or not at all, and the same knowledge gives "
       "the same bytes. With prices, also what it costs, and cost.csv; with an invoice, the "
       "verdict about it, and invoice.csv.",
       run_report},
      {"seal", "Reports and seals", "Seal a month: write its figures down for good, with a proof",
       "Gives the seal, as `seals` lists it. Its lines are the billable time, the egress and, with "
       "--rates or --policy, the cost by app, deployment and region, and adjustments of months "
       "that were sealed before. Over them stands the root of a tree (RFC 6962), in a checkpoint "
       "that --key signs. A month is sealed once. docs/seals.md has the format, and how to check "
       "it.",
       run_seal},
      {"seals", "Reports and seals", "List sealed months, or print one",
       "Gives seal_seq, month, zone, as_of_ms, known_seq, lines, adjustments, root, origin and "
       "public_key. --lines and --checkpoint print the seal itself, for `sha256sum` and `openssl`.",
       run_seals},
      {"verify", "Reports and seals", "Work seals out again, and check their proofs",
       "Gives a row for what differs: seal_seq, month, status, place, sealed, found; or one that "
       "says ok. Each seal is worked out from what was known when it was made, and its root, "
       "signature and the seal before it are looked at. Exit 1 when something differs. --receipt "
       "checks a receipt, and --tsr a time stamp: exit 65 when it proves nothing.",
       run_verify},
      {"restatements", "Reports and seals", "What is known now otherwise than it was sealed",
       "Gives seal_seq, month, app_id, deployment_id, region, measure (billable, egress), from, to "
       "and change with their bounds, and unit (ms, bytes). The next seal holds the changes as "
       "adjustments; then they are no longer listed here, so each counts once.",
       run_restatements},
      {"receipt", "Reports and seals", "Prove one line of a seal to somebody without the store",
       "Prints a text of about a kilobyte (C2SP tlog-proof): the line, the hashes beside its way "
       "to the root, and the signed checkpoint. `verify --receipt FILE --public-key FILE` checks "
       "it, as do the few lines of Python in docs/seals.md.",
       run_receipt},
      {"query", "Queries", "Run a named query, or list them",
       "The parameters from_ms, to_ms, as_of_ms, grace_ms and max_lifespan_ms come from the window "
       "options; each other is an option of its own, such as --gap for gap_ms. `fleetmeter help "
       "query NAME` tells what one query takes and gives; --show prints its SQL.",
       run_query},
      {"sql", "Queries", "Run a read-only SELECT",
       "One statement on the store's tables and views, with a time and a memory limit. Without "
       "one, at a terminal, a prompt with a history and completion.",
       run_sql},
      {"export", "Queries", "Tell another program of the store, or of what it costs",
       "`export datasette` prints metadata.json: titles, descriptions, units, and the named "
       "queries as canned ones, so that `datasette STORE -m metadata.json` publishes the store as "
       "it is. `export focus` writes what `cost` gives as the dataset Cost and Usage of the FinOps "
       "Open Cost and Usage Specification: a row per day, app, region, product, price and tier, "
       "with bounds in columns of its own (x_CostLo, x_CostHi, x_QuantityLo, x_QuantityHi). "
       "`export lake DIR` writes contract tables, from which any SQL engine works out what "
       "`billing` and `egress` say: a Parquet file per table and day, and a manifest; it gives "
       "what "
       "became of each file (table, file, rows, bytes, sha256, change). docs/scale.md tells more.",
       run_export},
      {"push", "Queries", "Bring PostgreSQL databases up to date with the store",
       "Writes the contract tables of `export lake` into the schema `fleetmeter` of a database, or "
       "of several that share them by the ids of processes. Each database changes in one "
       "transaction, with control totals, so that a push can be interrupted at any moment and done "
       "again. Gives a row for each: shard, database, from_seq, to_seq, processes, hours, "
       "snapshots, changed. docs/scale.md tells more.",
       run_push},
      {"check", "The store and the program", "Compare the store with itself",
       "Gives one check a row: check, status (ok or differs), rows compared, first_difference. "
       "SQLite's integrity; tables and views against what makes them; numbers that refer to "
       "nothing; each snapshot's control totals; what was written once and for ever against the "
       "sums over it; what is recorded of pruned files; process, process_meter, process_block, "
       "rollup, egress_gap, room_fact, store_span and sighting against the observations; rows "
       "about money against the documents that gave them; seals against their roots and "
       "signatures; the laws. Reads everything. Exit 1 on a finding.",
       run_check},
      {"backup", "The store and the program", "Copy the store as it is now, whoever writes",
       "Writes FILE and, last, FILE.manifest, which says what the copy holds. Gives the manifest: "
       "what, expected, found, status. Nothing is overwritten. docs/backups.md tells more.",
       run_backup},
      {"restore", "The store and the program", "Put a copy back, if it is what its manifest says",
       "Compares FILE with FILE.manifest, byte by byte and number by number, and puts it to --db, "
       "where nothing may be yet. Gives what, expected, found and status (same or differs). Exit 1 "
       "when something differs: then nothing is put anywhere.",
       run_restore},
      {"unite", "The store and the program", "Make one store of several",
       "Takes all that the stores named by --db hold into FILE, which is new, document by "
       "document: "
       "for whoever asks several stores often, because other commands than billing, egress and "
       "status do the same for every answer. A source is named after its store and its path there. "
       "Gives what `status` gives of the new store. docs/many-stores.md tells more.",
       run_unite},
      {"prune", "The store and the program", "Move old observations into Parquet files",
       "Moves those of processes that were over before TIME into one file, which is called by the "
       "digest of its bytes. Gives it, what was moved, how many processes keep theirs and why, and "
       "the room that is free. Billing, egress by the hour, whole lives and sealed months answer "
       "as before; what needs single readings is refused from then on, and `explain --archive` "
       "reads them in the file. docs/pruning.md tells more.",
       run_prune},
      {"migrate", "The store and the program", "Bring a store of an older version up to date",
       "Gives the schema versions before and after. Whole or not at all; ingest does it by itself.",
       run_migrate},
      {"completion", "The store and the program",
       "Print a completion script for a shell, or the manual page",
       "For bash, zsh and fish, on standard output; `completion man` is the manual page.",
       run_completion},
  };
  return kCommands;
}

}  // namespace fleetmeter::cli
