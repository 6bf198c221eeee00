#include "settle/pack.hpp"

#include <algorithm>
#include <set>

#include "ask/evidence.hpp"
#include "ask/meters.hpp"
#include "ask/window.hpp"
#include "base/sha256.hpp"
#include "base/time_text.hpp"
#include "meter/billing.hpp"
#include "rate/charge.hpp"
#include "report/letter.hpp"
#include "settle/documents.hpp"
#include "settle/invoice_lines.hpp"
#include "store/query.hpp"

namespace fleetmeter::settle {

namespace {

/// What one process was billable for, and what it sent, in the month.
struct Used {
  model::ProcessFacts facts;
  meter::BillableSpan span;
  Bounded<std::int64_t> billable_ms;
  Bounded<Int128> egress_bytes;
  bool is_open = false;
};

using UsedByKey = std::map<std::int64_t, Used>;

UsedByKey used_in(const Question& month, const Terms& terms, store::Reader& reader) {
  const ask::ResolvedWindow resolved = ask::resolve(month, reader.span());
  const meter::Window window{*month.from_ms, *month.to_ms};
  UsedByKey all;
  const store::Reader::Asked asked{window.from_ms, resolved.belief};
  reader.each_process(month.scan, asked, [&](const model::ProcessFacts& facts) {
    const meter::BillableSpan span = rate::charged_span(facts.life, terms.policy, resolved.belief);
    const Bounded<std::int64_t> billable = meter::billable_in(span, window);
    if (billable.hi > 0) {
      all[facts.process_key] = {facts, span, billable, {}, false};
    }
  });
  ask::each_metered(
      month, reader,
      [&](const model::ProcessFacts& facts, const Bounded<std::int64_t>&, const EgressRow& row) {
        if (row.egress_bytes != Bounded<Int128>{} || row.open_processes > 0) {
          Used& used = all[facts.process_key];
          used.facts = facts;
          used.egress_bytes = row.egress_bytes;
          used.is_open = row.open_processes > 0;
        }
      });
  return all;
}

Table processes_table(const UsedByKey& used, store::Reader& reader) {
  Table table;
  table.columns({"process_id", "app_id", "deployment_id", "region", "rule", "begin_at_ms",
                 "end_at_ms", "billable_ms", "billable_ms_lo", "billable_ms_hi", "egress_bytes",
                 "egress_bytes_lo", "egress_bytes_hi", "open"});
  for (const auto& [process_key, one] : used) {
    const auto flag = meter::flag_of(one.span.rule);
    const bool was_billable = one.billable_ms.hi > 0;
    table.row({reader.process_id(process_key), reader.label(one.facts.app_key),
               reader.label(one.facts.deployment_key), reader.label(one.facts.region_key),
               std::string(!was_billable ? ""
                           : flag        ? flag_name(*flag)
                                         : "complete"),
               was_billable ? Cell(one.span.windows.point.from_ms) : Cell(nullptr),
               was_billable ? Cell(one.span.windows.point.to_ms) : Cell(nullptr),
               one.billable_ms.point, one.billable_ms.lo, one.billable_ms.hi,
               one.egress_bytes.point, one.egress_bytes.lo, one.egress_bytes.hi,
               std::int64_t{one.is_open}});
  }
  return table;
}

/// For each process the documents that it is known from: where they stand, and their digests.
Table snapshots_table(const UsedByKey& used, SQLite::Database& db, store::Reader& reader) {
  Table table;
  table.columns({"process_id", "snapshot_seq", "observed_at_ms", "source", "byte_offset",
                 "byte_length", "sha256"});
  store::Query<store::ask::ListSourcesOfProcesses> sources(db);
  store::Query<store::ask::SnapshotSource> source(db);
  store::Query<store::ask::SnapshotTime> time(db);
  std::pair<std::int64_t, std::int64_t> before{0, 0};
  for (const auto& row : sources.rows()) {
    const std::pair<std::int64_t, std::int64_t> now{row.process_key, row.snapshot_seq};
    if (now == before || !used.contains(row.process_key)) {
      continue;
    }
    before = now;
    const auto stands = source.first({.snapshot_seq = row.snapshot_seq});
    const auto at = time.first({.snapshot_seq = row.snapshot_seq});
    if (stands && at) {
      table.row({reader.process_id(row.process_key), row.snapshot_seq, at->observed_at_ms,
                 stands->source, stands->byte_offset, stands->byte_length,
                 base::to_hex(stands->sha256)});
    }
  }
  return table;
}

Table coverage_table(const Question& month, store::Reader& reader) {
  const Coverage coverage = ask::coverage(month, 0, reader);
  return table_of(coverage.places);
}

}  // namespace

std::map<std::string, std::string> pack(const std::vector<std::string>& invoice_ids,
                                        const Reconciliation& said, const Question& question,
                                        const Terms& terms, SQLite::Database& db,
                                        store::Reader& reader, store::PriceReader& prices) {
  const store::StoredInvoice stored = find_joined(invoice_ids, Lines::as_sent, prices);
  Question month = question;
  month.by.clear();
  month.tz = terms.policy.zone;
  set_window(month, {{}, {}, {}, stored.invoice.month});
  const UsedByKey used = used_in(month, terms, reader);
  report::Letter letter;
  letter.invoice_id = stored.invoice.invoice_id;
  letter.month = *stored.invoice.month;
  letter.currency = stored.invoice.currency;
  letter.rates = terms.book.card().name + " (" + terms.card_version + ")";
  letter.policy = terms.policy.name + ": " + terms.policy.summary;
  letter.said = said;
  letter.lines_as_sent = invoice_lines(stored.invoice);
  letter.processes = processes_table(used, reader);
  letter.snapshots = snapshots_table(used, db, reader);
  letter.coverage = coverage_table(month, reader);
  letter.documents = documents_of(with_corrections("reconcile", invoice_ids, prices), terms, db);
  return report::files_of(letter);
}

}  // namespace fleetmeter::settle
