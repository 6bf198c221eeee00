#include "cli/complete.hpp"

#include <algorithm>
#include <iostream>

#include "cli/description.hpp"
#include "cli/offers.hpp"
#include "cli/options.hpp"
#include "cli/query_options.hpp"

namespace fleetmeter::cli {

namespace {

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
    const bool is_query = typed.positionals.size() == 1 && typed.positionals.front() == "query";
    return typed.positionals.empty() ? command_names(description)
           : is_query                ? query_names()
                                     : Due{};
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
         : name == "export"     ? words({"datasette", "focus", "lake"})
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

/// What the value of the open option may be.
Due value_at(const Typed& typed) {
  return typed.open->names.back() == "--sort" && typed.command != nullptr
             ? columns_of_answer(typed.command->name, typed.positionals)
             : value_of(*typed.open, typed.store);
}

/// The options of a command; of those that are parameters, the ones that the named query takes.
Due options_of(const Description& description, const Typed& typed) {
  Due due = options(description, typed.command);
  if (typed.command == nullptr || typed.command->name != "query" || typed.positionals.empty()) {
    return due;
  }
  const std::string& name = typed.positionals.front();
  for (const NamedQuery& query : named_queries()) {
    if (query.name == name) {
      const CommandDescription own = describe_query(*typed.command, query);
      due = options(description, &own);
    }
  }
  return due;
}

Due due_at(const Description& description, const Typed& typed, const std::string& word) {
  if (typed.open != nullptr) {
    return value_at(typed);
  }
  if (!word.empty() && word.front() == '-') {
    return options_of(description, typed);
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
      print(value_at(typed), word.substr(equals + 1), word.substr(0, equals + 1));
    }
    return 0;
  }
  print(due_at(description, typed, word), word, "");
  return 0;
}

}  // namespace fleetmeter::cli
