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

/// An argument by its name in capitals, with dots when there may be several.
OptionDescription argument_of(const CLI::Option& option) {
  OptionDescription one = description_of(option);
  std::string name = option.get_name();
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  one.names = {name + (option.get_expected_max() > 1 ? "..." : "")};
  one.value.clear();
  one.group = "Arguments";
  return one;
}

void describe_options(const CLI::App& app, std::vector<OptionDescription>& options,
                      std::vector<OptionDescription>& arguments) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->nonpositional()) {
      options.push_back(description_of(*option));
    } else {
      arguments.push_back(argument_of(*option));
    }
  }
}

}  // namespace

Description describe() {
  Parsed parsed;
  CLI::App app;
  add_everything(app, parsed, "");
  Description all{app.get_description(), app.get_footer(), {}, {}};
  std::vector<OptionDescription> none;
  describe_options(app, all.common, none);
  for (const Command& command : commands()) {
    CommandDescription& one = all.commands.emplace_back(
        CommandDescription{command.name, command.group, command.help, command.gives});
    one.examples = examples_of(command.name);
    describe_options(*app.get_subcommand(command.name), one.options, one.arguments);
    std::erase_if(one.options, [](const OptionDescription& option) {
      return option.names.back() == "--help";  // common
    });
  }
  return all;
}

}  // namespace fleetmeter::cli
