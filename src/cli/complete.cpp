#include "cli/complete.hpp"

#include <algorithm>
#include <functional>
#include <iostream>
#include <map>
#include <optional>

#include "cli/description.hpp"
#include "cli/options.hpp"

namespace fleetmeter::cli {

namespace {

/// A word that may stand at the cursor, and what it means.
struct Offer {
  std::string word;
  std::string meaning;
};

/// What is due at the cursor.
struct Due {
  std::vector<Offer> offers;
  const char* places = "";  ///< `:files`, `:folders` or ""
  bool is_list = false;     ///< a comma list: only its last part is completed
};

Due words(std::initializer_list<const char*> all) {
  Due due;
  for (const char* word : all) {
    due.offers.push_back({word, ""});
  }
  return due;
}

Due list(Due due) {
  due.is_list = true;
  return due;
}

Due files() {
  return {{}, ":files"};
}

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

Due query_names() {
  Due due;
  for (const NamedQuery& query : named_queries()) {
    due.offers.push_back({query.name, query.summary});
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

/// What the store knows. Where there is none, it knows nothing.
template <class Ask>
Due of_store(const std::string& path, Ask&& ask) {
  try {
    return ask(Store::open(path));
  } catch (const Error&) {
    return {};
  }
}

using Values = std::map<std::string, std::function<Due(const std::string& store)>>;

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
Due invoices(const std::string& store) {
  return money(store, MoneyKind::invoice, kInvoiceMonth);
}
Due zones(const std::string& /*store*/) {
  return names(zone_names());
}
Due any_file(const std::string& /*store*/) {
  return files();
}
Due any_folder(const std::string& /*store*/) {
  return {{}, ":folders"};
}

/// What the value of an option may be. Of others nothing is known: a time, a number.
const Values& values_of_options() {
  static const Values kValues{
      {"--absence",
       [](auto&) {
         return words({"trust", "ignore"});
       }},
      {"--app", apps},
      {"--by",
       [](auto&) {
         return list(words({"month", "day", "hour", "app", "deployment", "region", "process"}));
       }},
      {"--color",
       [](auto&) {
         return words({"auto", "always", "never"});
       }},
      {"--db", any_file},
      {"--deployment", [](const std::string& store) { return known(store, NameKind::deployment); }},
      {"--fail-on",
       [](auto&) {
         return list(words({"anomaly", "coverage", "reject"}));
       }},
      {"--file", any_file},
      {"--flag",
       [](auto&) {
         return words({"ahead_of_snapshot", "clamped32", "counter_break", "identity_change",
                       "inverted", "long_life", "never_started", "no_stop_order", "open", "orphan",
                       "restated", "running", "stale_read", "starting", "unknown_start",
                       "unmetered", "wrap32"});
       }},
      {"--focus-version",
       [](auto&) {
         return words({"1.2", "1.3", "1.4"});
       }},
      {"--format",
       [](auto&) {
         return words({"table", "csv", "tsv", "json", "ndjson", "markdown"});
       }},
      {"--invoice", invoices},
      {"--list",
       [](auto&) {
         return words({"running", "stopped", "latest", "info"});
       }},
      {"--list-app", apps},
      {"--list-region", regions},
      {"--name-tz", zones},
      {"--observed-at",
       [](auto&) {
         return words({"mtime", "now"});
       }},
      {"--out", any_folder},
      {"--output", any_file},
      {"--pack", any_folder},
      {"--policy",
       [](const std::string& store) { return money(store, MoneyKind::policy, kPolicySummary); }},
      {"--prom", any_file},
      {"--rates", [](const std::string& store) { return money(store, MoneyKind::rates); }},
      {"--region", regions},
      {"--section",
       [](auto&) {
         return words({"header", "lines", "waterfall", "policies", "contributors", "facts"});
       }},
      {"--tz", zones},
  };
  return kValues;
}

/// A command line as far as it goes.
struct Typed {
  const CommandDescription* command = nullptr;
  bool is_help = false;                     ///< `help COMMAND`
  std::vector<std::string> positionals;     ///< behind the command, before the cursor
  const OptionDescription* open = nullptr;  ///< the option whose value stands at the cursor
  std::string store;
};

const OptionDescription* find_option(const Description& description,
                                     const CommandDescription* command, const std::string& name) {
  const auto find_in = [&](const std::vector<OptionDescription>& options) {
    const auto found = std::find_if(options.begin(), options.end(), [&](const auto& option) {
      return std::find(option.names.begin(), option.names.end(), name) != option.names.end();
    });
    return found == options.end() ? nullptr : &*found;
  };
  const OptionDescription* own = command == nullptr ? nullptr : find_in(command->options);
  return own != nullptr ? own : find_in(description.common);
}

const CommandDescription* find_command(const Description& description, const std::string& name) {
  const auto found = std::find_if(description.commands.begin(), description.commands.end(),
                                  [&](const auto& command) { return command.name == name; });
  return found == description.commands.end() ? nullptr : &*found;
}

/// Reads the words before the cursor.
Typed read(const Description& description, const std::vector<std::string>& before,
           const std::string& store) {
  Typed typed;
  typed.store = store;
  for (const std::string& word : before) {
    if (typed.open != nullptr) {
      typed.store = typed.open->names.back() == "--db" ? word : typed.store;
      typed.open = nullptr;
    } else if (word.size() > 1 && word.front() == '-') {
      const std::size_t equals = word.find('=');
      const OptionDescription* option =
          find_option(description, typed.command, word.substr(0, equals));
      if (option != nullptr && !option->value.empty()) {
        typed.open = equals == std::string::npos ? option : nullptr;
        const bool is_store = option->names.back() == "--db" && equals != std::string::npos;
        typed.store = is_store ? word.substr(equals + 1) : typed.store;
      }
    } else if (typed.command == nullptr && !typed.is_help) {
      typed.command = find_command(description, word);
      typed.is_help = word == "help";
    } else {
      typed.positionals.push_back(word);
    }
  }
  return typed;
}

Due value_of(const OptionDescription& option, const Typed& typed) {
  const auto found = values_of_options().find(option.names.back());
  return found == values_of_options().end() ? Due{} : found->second(typed.store);
}

/// The words behind `import`, `list` and `show`.
Due document_argument(const Typed& typed) {
  const bool is_invoice = typed.command->name == "invoice";
  if (typed.positionals.empty()) {
    return is_invoice ? words({"import", "list", "show"}) : words({"import", "list"});
  }
  const std::string& action = typed.positionals.front();
  return action == "import" ? files() : action == "show" ? invoices(typed.store) : Due{};
}

Due argument(const Description& description, const Typed& typed) {
  if (typed.is_help) {
    return typed.positionals.empty() ? command_names(description) : Due{};
  }
  const std::string& name = typed.command->name;
  if (name == "deployments" || name == "rates" || name == "policy" || name == "invoice") {
    return document_argument(typed);
  }
  if (name == "ingest") {
    return files();
  }
  if (name == "reconcile") {
    return invoices(typed.store);
  }
  if (!typed.positionals.empty()) {
    return {};
  }
  return name == "compare"      ? files()
         : name == "query"      ? query_names()
         : name == "export"     ? words({"datasette", "focus"})
         : name == "completion" ? words({"bash", "zsh", "fish", "man"})
                                : Due{};
}

Due options(const Description& description, const CommandDescription* command) {
  Due due;
  const auto add = [&](const std::vector<OptionDescription>& all) {
    for (const OptionDescription& option : all) {
      due.offers.push_back({option.names.back(), option.help});
    }
  };
  if (command != nullptr) {
    add(command->options);
  }
  add(description.common);
  return due;
}

Due due_at(const Description& description, const Typed& typed, const std::string& word) {
  if (typed.open != nullptr) {
    return value_of(*typed.open, typed);
  }
  if (!word.empty() && word.front() == '-') {
    return options(description, typed.command);
  }
  if (typed.command == nullptr && !typed.is_help) {
    Due due = command_names(description);
    due.offers.push_back({"help", "Describe a command"});
    return due;
  }
  return argument(description, typed);
}

/// Prints what begins as the word does. `before` stands before each: `--by=`, `day,`.
void print(const Due& due, const std::string& word, std::string before) {
  const std::size_t comma = due.is_list ? word.rfind(',') : std::string::npos;
  const std::string part = comma == std::string::npos ? word : word.substr(comma + 1);
  before += word.substr(0, word.size() - part.size());
  for (const Offer& offer : due.offers) {
    const bool is_line = offer.word.find_first_of("\t\n\r") == std::string::npos;
    if (!offer.word.empty() && offer.word.rfind(part, 0) == 0 && is_line) {
      std::string meaning = printable(offer.meaning);
      std::cout << before << offer.word << (meaning.empty() ? "" : "\t") << meaning << '\n';
    }
  }
  std::cout << due.places << (due.places[0] == '\0' ? "" : "\n");
}

}  // namespace

int run_complete(const std::vector<std::string>& given) {
  const std::string word = given.empty() ? "" : given.back();
  const std::vector<std::string> before(given.begin(),
                                        given.empty() ? given.end() : given.end() - 1);
  const Description description = describe();
  Typed typed = read(description, before, default_store());
  const std::size_t equals = word.rfind("--", 0) == 0 ? word.find('=') : std::string::npos;
  if (typed.open == nullptr && equals != std::string::npos) {
    typed.open = find_option(description, typed.command, word.substr(0, equals));
    if (typed.open != nullptr) {
      print(value_of(*typed.open, typed), word.substr(equals + 1), word.substr(0, equals + 1));
    }
    return 0;
  }
  print(due_at(description, typed, word), word, "");
  return 0;
}

}  // namespace fleetmeter::cli
