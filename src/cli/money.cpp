#include <algorithm>
#include <filesystem>
#include <map>

#include "cli/asked_store.hpp"
#include "cli/known_names.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/output_file.hpp"

namespace fleetmeter::cli {

namespace {

int import_files(const Options& options, MoneyKind kind) {
  expect_format(options);
  const auto reports =
      Store::open_or_create(options.db).import_money(kind, options.paths, options.given);
  int code = 0;
  for (const MoneyReport& report : reports) {
    for (const std::string& problem : report.problems) {
      say(report.source + ": " + problem);
    }
    for (const std::string& remark : report.remarks) {
      if (!options.quiet) {
        say(report.source + ": " + printable(report.name) + ": " + remark);
      }
    }
    code = std::max(code, report.error_code);
  }
  write_answer(options, [&](RowSink& sink) { give(reports, sink); });
  return code;
}

int import_or_list(const Options& options, MoneyKind kind) {
  if (options.action == "import") {
    if (options.paths.empty()) {
      throw Error(ErrorKind::usage, "import: which files? (- is standard input)");
    }
    return import_files(options, kind);
  }
  if (!options.action.empty() && options.action != "list") {
    throw Error(ErrorKind::usage, printable(options.action) + ": no such action" +
                                      did_you_mean(options.action, {"import", "list"}) +
                                      "; there are import, list" +
                                      (kind == MoneyKind::invoice ? ", show" : ""));
  }
  const Table table = Store::open(options.db).money(kind);
  write_answer(options, [&](RowSink& sink) { table.give_to(sink); });
  return 0;
}

std::optional<ShareOrAmount> share_of(const char* name, const std::optional<std::string>& text) {
  const auto value = text ? ShareOrAmount::parse(*text) : std::nullopt;
  if (text && !value) {
    throw Error(ErrorKind::usage, std::string(name) +
                                      ": not a share like 19%, or an amount like 4.20 (" +
                                      printable(*text) + ")");
  }
  return value;
}

constexpr const char* kManifest = "manifest.sha256";

void write_into(const std::string& folder, const std::string& name, const std::string& bytes) {
  const std::filesystem::path place = std::filesystem::path(folder) / name;
  std::error_code failure;
  std::filesystem::create_directories(place.parent_path(), failure);
  if (failure) {
    throw Error(ErrorKind::cannot_create, place.parent_path().string() + ": " + failure.message());
  }
  OutputFile file(place.string());
  file.stream() << bytes;
  file.finish();
}

/// Puts files into a folder that is new, or holds a pack already: then they replace it. The
/// manifest comes first, so that what is left of a run that was stopped is known for a pack, and
/// its own manifest says that it is not whole.
void write_pack(const std::string& folder, const std::map<std::string, std::string>& files) {
  namespace fs = std::filesystem;
  std::error_code failure;
  const bool is_there = fs::exists(folder, failure) && !fs::is_empty(folder, failure);
  if (is_there && !fs::exists(fs::path(folder) / kManifest)) {
    throw Error(ErrorKind::cannot_create,
                folder + ": is not empty, and no pack; name a new folder");
  }
  write_into(folder, kManifest, files.at(kManifest));
  for (const auto& [name, bytes] : files) {
    if (name != kManifest) {
      write_into(folder, name, bytes);
    }
  }
}

}  // namespace

int run_deployments(const Options& options) {
  return import_or_list(options, MoneyKind::deployments);
}

int run_rates(const Options& options) {
  return import_or_list(options, MoneyKind::rates);
}

int run_policy(const Options& options) {
  return import_or_list(options, MoneyKind::policy);
}

int run_invoice(const Options& options) {
  if (options.action == "show") {
    if (options.paths.size() != 1) {
      throw Error(ErrorKind::usage,
                  "invoice show: which invoice? (`fleetmeter invoice` lists them)");
    }
    const Table table = Store::open(options.db).invoice_lines(options.paths.front());
    write_answer(options, [&](RowSink& sink) { table.give_to(sink); });
    return 0;
  }
  return import_or_list(options, MoneyKind::invoice);
}

int run_cost(const Options& options) {
  const AskedStore asked_store(options);
  const Store& store = *asked_store;
  const Pricing pricing{options.rates, options.policy, options.tz};
  const Question question = with_known_names(question_of(options, store.zone_of(pricing)), store);
  tell_of_window(question, store);
  const std::vector<CostRow> rows = store.cost(question, pricing);
  write_answer(options, [&](RowSink& sink) { give(question, rows, sink); });
  return 0;
}

int run_compare(const Options& options) {
  const AskedStore asked_store(options);
  const Store& store = *asked_store;
  const ComparedTable table =
      store.compare(options.paths.front(), with_known_names(question_of(options), store));
  for (const std::string& remark : table.remarks) {
    if (!options.quiet) {
      say(options.paths.front() + ": " + remark);
    }
  }
  write_answer(options, [&](RowSink& sink) { give(table.question, table.cells, sink); });
  return table.agrees ? 0 : 1;
}

int run_reconcile(const Options& options) {
  const bool asks = options.ask || options.section == "facts";
  const ReconcileGiven given{share_of("--tax", options.tax),
                             share_of("--tolerance", options.tolerance), asks,
                             shows_section(options, "contributors", asks ? "facts" : "lines")};
  if (options.invoice_ids.empty() != options.year.has_value()) {
    throw Error(ErrorKind::usage,
                options.year ? "reconcile: name invoices or --year, not both"
                             : "reconcile: name an invoice (`fleetmeter invoice` lists them), or "
                               "--year");
  }
  const AskedStore asked_store(options);
  const Store& store = *asked_store;
  const Pricing pricing{options.rates, options.policy, options.tz};
  const Question question = question_of(options, store.zone_of(pricing));
  if (options.year) {
    const auto rows = store.reconcile_year(*options.year, question, pricing, given);
    write_answer(options, [&](RowSink& sink) { give(rows, sink); });
    return std::all_of(
               rows.begin(), rows.end(),
               [](const InvoiceVerdict& row) { return row.verdict && can_stand(*row.verdict); })
               ? 0
               : 1;
  }
  const Reconciliation all = store.reconcile(options.invoice_ids, question, pricing, given);
  std::vector<Section> sections{{"header", table_of(all.header)},
                                {"lines", table_of(all.lines)},
                                {"waterfall", table_of(all.waterfall)},
                                {"policies", table_of(all.policies)},
                                {"contributors", table_of(all.contributors)}};
  if (!options.pack.empty()) {
    write_pack(options.pack, store.pack(options.invoice_ids, all, question, pricing));
  }
  if (given.ask) {
    sections.push_back({"facts", table_of(all.facts)});
  }
  write_sections(options, sections, given.ask ? "facts" : "lines");
  return all.agrees ? 0 : 1;
}

}  // namespace fleetmeter::cli
