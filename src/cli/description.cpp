#include "cli/description.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>

#include "cli/command_line.hpp"

namespace fleetmeter::cli {

namespace {

OptionDescription description_of(const CLI::Option& option) {
  OptionDescription one;
  for (const std::string& name : option.get_snames()) {
    one.names.push_back("-" + name);
  }
  for (const std::string& name : option.get_lnames()) {
    one.names.push_back("--" + name);
  }
  one.value = option.get_type_size() == 0 ? "" : option.get_type_name();
  one.value.resize(std::min(one.value.find(':'), one.value.size()));  // without what is checked
  one.help = option.get_description();
  if (!option.get_default_str().empty()) {
    one.help += " [" + option.get_default_str() + "]";
  }
  one.group = option.get_group();
  return one;
}

/// The options of a command line, and its positionals' names in capitals.
void describe_options(const CLI::App& app, std::vector<OptionDescription>& options,
                      std::vector<std::string>& positionals) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->nonpositional()) {
      options.push_back(description_of(*option));
    } else {
      std::string name = option->get_name();
      std::transform(name.begin(), name.end(), name.begin(),
                     [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
      positionals.push_back(name + (option->get_expected_max() > 1 ? "..." : ""));
    }
  }
}

}  // namespace

Description describe() {
  Parsed parsed;
  CLI::App app;
  add_everything(app, parsed, "");
  Description all{app.get_description(), app.get_footer(), {}, {}};
  std::vector<std::string> none;
  describe_options(app, all.common, none);
  for (const Command& command : commands()) {
    CommandDescription& one = all.commands.emplace_back(
        CommandDescription{command.name, command.help, command.gives, {}, {}});
    describe_options(*app.get_subcommand(command.name), one.options, one.positionals);
    std::erase_if(one.options, [](const OptionDescription& option) {
      return option.names.back() == "--help";  // common
    });
  }
  return all;
}

}  // namespace fleetmeter::cli
