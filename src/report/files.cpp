#include "report/files.hpp"

#include <sstream>
#include <string_view>
#include <utility>

#include "base/byte_stream.hpp"
#include "base/sha256.hpp"
#include "report/known.hpp"
#include "report/page.hpp"
#include "report/workbook.hpp"

namespace fleetmeter::report {

namespace {

/// A file in which that is told; it is told once for the digest.
File file_of(std::function<void(std::ostream&)> tell) {
  File file{std::move(tell), 0, ""};
  base::Sha256Stream digest;
  base::ByteStream stream([&](std::string_view piece) {
    digest.update(piece);
    file.bytes += static_cast<std::int64_t>(piece.size());
  });
  file.tell(stream);
  stream.finish();
  file.sha256 = base::to_hex(base::as_bytes(digest.finish()));
  return file;
}

template <class Rows>
File csv(const Rows& rows, const ReportRequest& request) {
  FormatOptions options;
  options.csv_safe = request.csv_safe;
  return file_of([&rows, options](std::ostream& out) {
    rows.give_to(*make_writer(Format::csv, out, options));
  });
}

void add_value(std::vector<Cell>& cells, const Bounded<Int128>& value) {
  cells.insert(cells.end(), {value.point, value.lo, value.hi});
}

Table totals_table(const Facts& facts) {
  Table table;
  table.columns({"period", "billable_ms", "billable_ms_lo", "billable_ms_hi", "egress_bytes",
                 "egress_bytes_lo", "egress_bytes_hi", "processes", "open_processes",
                 "unmetered_processes"});
  const auto add = [&](const std::string& label, const Totals& totals) {
    std::vector<Cell> cells{label};
    add_value(cells, totals.billable_ms);
    add_value(cells, totals.egress_bytes);
    cells.insert(cells.end(),
                 {totals.processes, totals.open_processes, totals.unmetered_processes});
    table.row(cells);
  };
  add(facts.period.label, facts.totals);
  if (facts.before) {
    add(facts.before_label, *facts.before);
  }
  return table;
}

Table header_table(const Facts& facts, const ReportRequest& request) {
  Table table;
  table.columns({"period",         "tz",         "from_ms",         "to_ms",
                 "as_of_ms",       "grace_ms",   "max_lifespan_ms", "known_seq",
                 "csv_safe",       "snapshots",  "store_digest",    "version",
                 "rejects",        "gaps",       "uncovered_ms",    "unpolled_ms",
                 "peak_processes", "peak_at_ms", "absence",         "unseen_ms",
                 "moved",          "slots",      "slots_known",     "is_comparable",
                 "still_running",  "linked"});
  table.row({facts.period.label,
             facts.period.tz,
             facts.period.from_ms,
             facts.period.to_ms,
             facts.as_of_ms,
             facts.grace_ms,
             facts.max_lifespan_ms,
             facts.known_seq ? Cell(*facts.known_seq) : Cell(nullptr),
             std::int64_t{request.csv_safe},
             facts.snapshots,
             facts.store_digest,
             facts.version,
             facts.rejects,
             facts.gap_count,
             facts.uncovered_ms,
             facts.unpolled_ms,
             facts.concurrency.peak,
             facts.concurrency.peak_at_ms,
             std::string(absence_name(facts.absence)),
             facts.unseen_ms,
             facts.moved,
             static_cast<std::int64_t>(facts.slots.size()),
             known_slots(facts),
             std::int64_t{facts.before && facts.is_comparable},
             facts.still_running,
             linked_text(facts.linked)});
  return table;
}

Table sealed_table(const Sealed& sealed) {
  Table table;
  table.columns({"seal_seq", "root", "checkpoint", "as_of_ms", "billable_ms", "billable_ms_lo",
                 "billable_ms_hi", "egress_bytes", "egress_bytes_lo", "egress_bytes_hi"});
  std::vector<Cell> cells{sealed.seal_seq, sealed.root, sealed.checkpoint, sealed.as_of_ms};
  add_value(cells, sealed.billable_ms);
  add_value(cells, sealed.egress_bytes);
  table.row(cells);
  return table;
}

Table shares_table(const std::vector<Share>& shares, const char* kind) {
  Table table;
  table.columns({kind, "billable_ms", "billable_ms_lo", "billable_ms_hi", "egress_bytes",
                 "egress_bytes_lo", "egress_bytes_hi", "open_processes", "parts"});
  for (const Share& one : shares) {
    std::vector<Cell> cells{one.name};
    add_value(cells, one.billable_ms);
    add_value(cells, one.egress_bytes);
    cells.insert(cells.end(), {one.open_processes, one.parts});
    table.row(cells);
  }
  return table;
}

/// What is known of each slot, for the page over all reports.
Table slots_table(const Facts& facts) {
  Table table;
  table.columns({"slot", "billable_ms", "billable_ms_lo", "billable_ms_hi", "egress_bytes",
                 "egress_bytes_lo", "egress_bytes_hi"});
  for (std::size_t i = 0; i < facts.slots.size(); ++i) {
    if (facts.slots[i].from_ms < known_until(facts)) {
      std::vector<Cell> cells{facts.slots[i].label};
      add_value(cells, facts.billable_by_slot[i]);
      add_value(cells, facts.egress_by_slot[i]);
      table.row(cells);
    }
  }
  return table;
}

Table flags_table(const Facts& facts) {
  Table table;
  table.columns({"flag", "processes", "example"});
  for (const FlagCount& flag : facts.flags) {
    table.row({flag.flag, flag.processes, flag.example});
  }
  return table;
}

Table money_table(const Money& money) {
  Table table;
  table.columns({"rates", "policy", "currency", "amount", "amount_lo", "amount_hi", "digest",
                 "invoices", "verdict", "at_stake"});
  const Bounded<Int128> all = money.total.compute + money.total.egress;
  const auto exact = [&](Int128 minor) { return Decimal(minor, money.minor_digits); };
  std::string invoices;
  if (money.invoice) {
    for (const std::string& invoice_id : money.invoice->invoice_ids) {
      invoices += (invoices.empty() ? "" : ", ") + invoice_id;
    }
  }
  table.row({money.rates, money.policy, money.currency, exact(all.point), exact(all.lo),
             exact(all.hi), money.digest, invoices, money.invoice ? money.invoice->verdict : "",
             money.invoice ? money.invoice->at_stake : ""});
  return table;
}

Table costs_table(const Money& money, const std::vector<CostOf>& costs, bool by_app) {
  Table table;
  table.names = {"compute",   "compute_lo", "compute_hi",     "egress",
                 "egress_lo", "egress_hi",  "open_processes", "parts"};
  table.names.insert(table.names.begin(), by_app ? "deployment_id" : "region");
  if (by_app) {
    table.names.insert(table.names.begin(), "app_id");
  }
  const auto add = [&](const CostOf& one) {
    std::vector<Cell> cells;
    if (by_app) {
      cells.emplace_back(one.app_id);
    }
    cells.emplace_back(one.name);
    for (const Bounded<Int128>& value : {one.compute, one.egress}) {
      for (const Int128 minor : {value.point, value.lo, value.hi}) {
        cells.emplace_back(Decimal(minor, money.minor_digits));
      }
    }
    cells.emplace_back(one.open_processes);
    cells.emplace_back(one.parts);
    table.row(cells);
  };
  for (const CostOf& one : costs) {
    add(one);
  }
  if (money.rounding) {
    add(*money.rounding);
  }
  return table;
}

Table widths_table(const Facts& facts) {
  Table table;
  table.columns({"flag", "processes", "width_ms", "most_ms", "example"});
  for (const Width& one : facts.widths) {
    table.row({one.flag, one.processes, one.width_ms, one.most_ms, one.example});
  }
  return table;
}

std::string report_json(const Facts& facts, const ReportRequest& request) {
  std::ostringstream out;
  const Table header = header_table(facts, request);
  const Table totals = totals_table(facts);
  const Table flags = flags_table(facts);
  std::vector<Section> sections{{"report", header},
                                {"totals", totals},
                                {"slots", slots_table(facts)},
                                {"regions", shares_table(facts.regions, "region")},
                                {"apps", shares_table(facts.apps, "app_id")},
                                {"flags", flags},
                                {"widths", widths_table(facts)}};
  if (facts.sealed) {
    sections.push_back({"seal", sealed_table(*facts.sealed)});
  }
  if (facts.money) {
    const Money& money = *facts.money;
    sections.push_back({"money", money_table(money)});
    sections.push_back({"cost_by_region", costs_table(money, money.regions, false)});
    sections.push_back({"cost_by_deployment", costs_table(money, money.deployments, true)});
    if (money.invoice) {
      sections.push_back({"invoice", money.invoice->lines});
    }
  }
  write_sections(Format::json, out, sections);
  return out.str();
}

std::string manifest(const Facts& facts, const ReportRequest& request, const Files& files) {
  Table digests;
  digests.columns({"file", "bytes", "sha256"});
  for (const auto& [name, file] : files) {
    digests.row({name, file.bytes, file.sha256});
  }
  std::ostringstream out;
  const Table header = header_table(facts, request);
  write_sections(Format::json, out, {{"report", header}, {"files", digests}});
  return out.str();
}

}  // namespace

std::string linked_text(const Linked& linked) {
  std::string all;
  const auto add = [&](const std::string& label) {
    all += label.empty() || all.empty() ? label : ' ' + label;
  };
  add(linked.before);
  add(linked.after);
  for (const std::string& day : linked.days) {
    add(day);
  }
  return all;
}

std::string File::text() const {
  std::ostringstream out;
  tell(out);
  return std::move(out).str();
}

File file_with(std::string text) {
  return file_of([text = std::move(text)](std::ostream& out) { out << text; });
}

Files files_of(const Facts& facts, const ReportRequest& request) {
  Files files{{"index.html", file_with(page(facts))},
              {"report.md", file_with(markdown(facts))},
              {"report.json", file_with(report_json(facts, request))},
              {"billing.csv", csv(facts.billing, request)},
              {"egress.csv", csv(facts.egress, request)},
              {"processes.csv", csv(facts.processes, request)},
              {"anomalies.csv", csv(facts.anomalies, request)},
              {"coverage.csv", csv(facts.coverage, request)}};
  if (facts.money) {
    files.emplace("cost.csv", csv(facts.money->cost, request));
    if (facts.money->invoice) {
      files.emplace("invoice.csv", csv(facts.money->invoice->lines, request));
    }
  }
  if (request.workbook) {
    files.emplace("report.xlsx", file_with(workbook(facts)));
  }
  files.emplace("manifest.json", file_with(manifest(facts, request, files)));
  return files;
}

const std::set<std::string>& file_names() {
  static const std::set<std::string> kNames{"index.html",    "report.md",    "report.json",
                                            "billing.csv",   "egress.csv",   "processes.csv",
                                            "anomalies.csv", "coverage.csv", "report.xlsx",
                                            "manifest.json", "cost.csv",     "invoice.csv"};
  return kNames;
}

}  // namespace fleetmeter::report
