#include "cli/offers.hpp"

#include <map>
#include <optional>

#include "cli/options.hpp"

namespace fleetmeter::cli {

namespace {

Due names(const std::vector<std::string>& all) {
  Due due;
  for (const std::string& name : all) {
    due.offers.push_back({name, ""});
  }
  return due;
}

/// The first column of a table, each name once; `meaning` is the number of the column that says
/// what it is.
Due first_column(const Table& table, std::optional<std::size_t> meaning = {}) {
  Due due;
  for (const std::vector<Cell>& row : table.rows) {
    const auto& name = std::get<std::string>(row.front());
    if (due.offers.empty() || due.offers.back().word != name) {
      const auto* said = meaning ? std::get_if<std::string>(&row[*meaning]) : nullptr;
      due.offers.push_back({name, said == nullptr ? "" : *said});
    }
  }
  return due;
}

/// What the store knows. Where there is none, it knows nothing.
template <class Ask>
Due of_store(const std::string& path, Ask&& ask) {
  try {
    return ask(Store::open(path));
  } catch (const Error&) {
    return {};
  }
}

Due known(const std::string& store, NameKind kind) {
  return of_store(store, [&](const Store& opened) { return names(opened.names(kind)); });
}
Due money(const std::string& store, MoneyKind kind, std::optional<std::size_t> meaning = {}) {
  return of_store(store,
                  [&](const Store& opened) { return first_column(opened.money(kind), meaning); });
}

constexpr std::size_t kPolicySummary = 11;  // column of Store::money(policy)
constexpr std::size_t kInvoiceMonth = 1;    // column of Store::money(invoice)

Due apps(const std::string& store) {
  return known(store, NameKind::app);
}
Due regions(const std::string& store) {
  return known(store, NameKind::region);
}
Due zones(const std::string& /*store*/) {
  return names(zone_names());
}
Due flags(const std::string& /*store*/) {
  Due due;
  for (int flag = 0; flag <= static_cast<int>(Flag::wrap32); ++flag) {
    due.offers.push_back({flag_name(static_cast<Flag>(flag)), ""});
  }
  return due;
}

Due deployments(const std::string& store) {
  return known(store, NameKind::deployment);
}
Due policies(const std::string& store) {
  return money(store, MoneyKind::policy, kPolicySummary);
}
Due tables(const std::string& /*store*/) {
  Due due;
  for (const StoreTable& table : store_tables()) {
    due.offers.push_back({table.name, table.is_view ? "view" : "table"});
  }
  return due;
}
Due rate_cards(const std::string& store) {
  return money(store, MoneyKind::rates);
}

/// Values that are looked for when they are asked for.
const std::map<std::string, Due (*)(const std::string& store)>& found_values() {
  static const std::map<std::string, Due (*)(const std::string& store)> kFound{
      {"--app", apps},         {"--deployment", deployments}, {"--flag", flags},
      {"--invoice", invoices}, {"--list-app", apps},          {"--list-region", regions},
      {"--name-tz", zones},    {"--policy", policies},        {"--rates", rate_cards},
      {"--region", regions},   {"--schema", tables},          {"--tz", zones},
  };
  return kFound;
}

/// Values that are always the same.
const std::map<std::string, std::vector<std::string>>& fixed_values() {
  static const std::map<std::string, std::vector<std::string>> kFixed{
      {"--absence", {"trust", "ignore"}},
      {"--by", {"month", "day", "hour", "app", "deployment", "region", "process"}},
      {"--color", {"auto", "always", "never"}},
      {"--fail-on", {"anomaly", "coverage", "reject"}},
      {"--focus-version", {"1.2", "1.3", "1.4"}},
      {"--format", {"table", "csv", "tsv", "json", "ndjson", "markdown", "parquet", "xlsx"}},
      {"--list", {"running", "stopped", "latest", "info"}},
      {"--observed-at", {"mtime", "now"}},
      {"--section", {"header", "lines", "waterfall", "policies", "contributors", "facts"}},
  };
  return kFixed;
}

}  // namespace

Due words(std::initializer_list<const char*> all) {
  Due due;
  for (const char* word : all) {
    due.offers.push_back({word, ""});
  }
  return due;
}

Due files() {
  return {{}, ":files"};
}

Due query_names() {
  Due due;
  for (const NamedQuery& query : named_queries()) {
    due.offers.push_back({query.name, query.summary});
  }
  return due;
}

Due columns_of_answer(const std::string& command, const std::vector<std::string>& arguments) {
  Due due;
  const auto add = [&](const std::string& name, const std::string& meaning) {
    due.offers.push_back({name, meaning});
  };
  if (command == "query" && !arguments.empty()) {
    for (const NamedQuery& query : named_queries()) {
      for (const QueryValue& column :
           query.name == arguments.front() ? query.columns : std::vector<QueryValue>()) {
        add(column.name, column.meaning);
      }
    }
  }
  const auto add_all = [&](const auto& columns) {
    for (const auto& column : columns) {
      add(column.name, column.meaning);
    }
  };
  if (command == "billing") {
    add_all(BillingRow::columns());
  } else if (command == "egress") {
    add_all(EgressRow::columns());
  } else if (command == "cost") {
    add_all(CostRow::columns());
  } else if (command == "anomalies") {
    add_all(Anomaly::columns());
  } else if (command == "coverage") {
    add_all(PlaceCoverage::columns());
  }
  return due;
}

Due command_names(const Description& description) {
  Due due;
  for (const CommandDescription& command : description.commands) {
    due.offers.push_back({command.name, command.help});
  }
  return due;
}

Due invoices(const std::string& store) {
  return money(store, MoneyKind::invoice, kInvoiceMonth);
}
Due value_of(const OptionDescription& option, const std::string& store) {
  const std::string& name = option.names.back();
  if (const auto fixed = fixed_values().find(name); fixed != fixed_values().end()) {
    Due due = names(fixed->second);
    due.is_list = name == "--by" || name == "--fail-on";
    return due;
  }
  if (const auto found = found_values().find(name); found != found_values().end()) {
    return found->second(store);
  }
  if (option.value == "DIR") {
    return {{}, ":folders"};
  }
  return option.value == "FILE" || option.value == "PATH" ? files() : Due{};
}

}  // namespace fleetmeter::cli
