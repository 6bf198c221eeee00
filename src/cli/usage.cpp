#include "cli/usage.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

#include "cli/options.hpp"
#include "cli/values.hpp"

namespace fleetmeter::cli {

namespace {

/// What the command line can hold: the command's own options first, then the common ones.
std::vector<const CLI::Option*> all_options(const CLI::App& app) {
  std::vector<const CLI::Option*> all;
  for (const CLI::App* sub : app.get_subcommands()) {
    const auto own = sub->get_options();
    all.insert(all.end(), own.begin(), own.end());
  }
  const auto common = app.get_options();
  all.insert(all.end(), common.begin(), common.end());
  return all;
}

/// Every option's long name that could have been meant.
std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : all_options(app)) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  return names;
}

bool is_word_sign(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
}

/// Whether a text names an option, and not merely one that begins or ends alike.
bool names_option(const std::string& text, const std::string& name) {
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !is_word_sign(text[at - 1])) &&
        (end == text.size() || !is_word_sign(text[end]))) {
      return true;
    }
  }
  return false;
}

/// The option that the parser complains of. It tells so in its text only.
const CLI::Option* option_of(const CLI::App& app, const std::string& complaint) {
  const auto all = all_options(app);
  const auto found = std::find_if(all.begin(), all.end(), [&](const CLI::Option* option) {
    const std::vector<std::string>& names = option->get_lnames();
    return names_option(complaint, option->get_name()) ||
           std::any_of(names.begin(), names.end(), [&](const std::string& name) {
             return complaint.starts_with(name + " was given");  // a flag, without its dashes
           });
  });
  return found == all.end() ? nullptr : *found;
}

std::string long_name(const CLI::Option& option) {
  return option.get_lnames().empty() ? option.get_name() : "--" + option.get_lnames().front();
}

std::string in_capitals(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return name;
}

/// ` (see …)`: where the reader learns more.
std::string see_help(const CLI::App& app) {
  const std::vector<CLI::App*> asked = app.get_subcommands();
  return asked.empty() ? "; `fleetmeter --help` lists what there is"
                       : " (see `fleetmeter help " + asked.front()->get_name() + "`)";
}

std::string missing_text(const CLI::App& app, const CLI::Option& option) {
  const std::string command =
      app.get_subcommands().empty() ? "" : app.get_subcommands().front()->get_name() + ": ";
  if (!option.nonpositional()) {
    return command + in_capitals(option.get_name()) + " is missing" + see_help(app);
  }
  const std::string name = long_name(option);
  const std::string value = option.get_type_name();
  return command + name + ' ' + value + " is missing, like " + name + ' ' +
         example_value(name, value) + see_help(app);
}

std::string complaint_text(const CLI::App& app, const CLI::Option& option) {
  const std::string name = long_name(option);
  if (option.get_type_name().empty()) {
    return name + ": takes no value" + see_help(app);
  }
  const std::string value = option.get_type_name();
  if (option.count() > 1) {
    return name + ": can be given only once";
  }
  return name + ": needs a value " + value + ", like " + name + ' ' + example_value(name, value) +
         see_help(app);
}

/// What is wrong with a word that nothing takes.
std::string extra_text(const CLI::App& app, const std::string& word) {
  std::vector<std::string> commands_known{"help"};
  for (const Command& command : commands()) {
    commands_known.emplace_back(command.name);
  }
  const std::string option = word.substr(0, word.find('='));
  if (word.size() > 1 && word.front() == '-') {
    return option + ": no such option" + did_you_mean(option, option_names(app));
  }
  if (app.get_subcommands().empty()) {
    return printable(word) + ": no such command" + did_you_mean(word, commands_known);
  }
  return printable(word) + ": one argument too many" + see_help(app);
}

}  // namespace

std::string usage_message(CLI::App& app, const CLI::Error& error) {
  if (const std::vector<std::string> extra = app.remaining(true); !extra.empty()) {
    return extra_text(app, extra.front());
  }
  const CLI::Option* const option = option_of(app, error.what());
  const bool is_missing = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
  if (option != nullptr) {
    return is_missing ? missing_text(app, *option) : complaint_text(app, *option);
  }
  if (app.get_subcommands().empty()) {
    return "a command is missing; `fleetmeter --help` lists them";
  }
  return app.get_subcommands().front()->get_name() + ": the command line cannot be understood" +
         see_help(app);
}

}  // namespace fleetmeter::cli
