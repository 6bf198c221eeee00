#include "cli/usage.hpp"

#include <vector>

#include "cli/options.hpp"

namespace fleetmeter::cli {

namespace {

/// Every option's long name that could have been meant: the common ones, and the command's own.
std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* sub : app.get_subcommands()) {
    for (const CLI::Option* option : sub->get_options()) {
      for (const std::string& name : option->get_lnames()) {
        names.push_back("--" + name);
      }
    }
  }
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  return names;
}

}  // namespace

std::string usage_message(CLI::App& app, const CLI::Error& error) {
  std::vector<std::string> commands_known;
  for (const Command& command : commands()) {
    commands_known.emplace_back(command.name);
  }
  for (const std::string& word : app.remaining(true)) {
    const std::string option = word.substr(0, word.find('='));
    if (word.size() > 1 && word.front() == '-') {
      return option + ": no such option" + did_you_mean(option, option_names(app));
    }
    if (app.get_subcommands().empty()) {
      return printable(word) + ": no such command" + did_you_mean(word, commands_known);
    }
    return printable(word) + ": one argument too many";
  }
  if (dynamic_cast<const CLI::RequiredError*>(&error) == nullptr) {
    return error.what();
  }
  const std::vector<CLI::App*> asked = app.get_subcommands();
  return asked.empty() ? "a command is missing; `fleetmeter --help` lists them"
                       : asked.front()->get_name() + ": " + error.what() +
                             " (see `fleetmeter help " + asked.front()->get_name() + "`)";
}

}  // namespace fleetmeter::cli
