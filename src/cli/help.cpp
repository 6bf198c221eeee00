#include <algorithm>

#include "cli/description.hpp"
#include "cli/paragraph.hpp"
#include "fleetmeter/fleetmeter.hpp"

namespace fleetmeter::cli {

namespace {

constexpr std::size_t kNames = 24;  // columns for an option and its value

/// A name, and behind it in a column of its own what it means.
std::string entry(const std::string& name, const std::string& meaning, std::size_t column) {
  const std::string text = paragraph(meaning, column);
  const std::string begin = "  " + name;
  if (meaning.empty()) {
    return begin + '\n';
  }
  return begin.size() + 2 > column
             ? begin + '\n' + text
             : begin + std::string(column - begin.size(), ' ') + text.substr(column);
}

std::string option_entry(const OptionDescription& option) {
  std::string names;
  for (const std::string& name : option.names) {
    names += (names.empty() ? "" : ",") + name;
  }
  return entry(names + (option.value.empty() ? "" : " " + option.value), option.help, kNames);
}

std::vector<std::string> groups_of(const std::vector<OptionDescription>& options) {
  std::vector<std::string> groups;
  for (const OptionDescription& option : options) {
    if (std::find(groups.begin(), groups.end(), option.group) == groups.end()) {
      groups.push_back(option.group);
    }
  }
  return groups;
}

std::string options_text(const std::vector<OptionDescription>& options) {
  std::string text;
  for (const std::string& group : groups_of(options)) {
    text += '\n' + group + ":\n";
    for (const OptionDescription& option : options) {
      text += option.group == group ? option_entry(option) : "";
    }
  }
  return text;
}

std::string commands_text(const std::vector<CommandDescription>& commands) {
  std::string text;
  std::string group;
  for (const CommandDescription& command : commands) {
    text += command.group == group ? "" : '\n' + command.group + ":\n";
    group = command.group;
    text += entry(command.name, command.help, 16);
  }
  return text;
}

std::string examples_text(const std::vector<Example>& examples) {
  std::string text = examples.empty() ? "" : "\nExamples:\n";
  for (const Example& example : examples) {
    text += paragraph(example.purpose + ':', 2) + "    " + example.line + '\n';
  }
  return text;
}

}  // namespace

std::string help_text(const Description& description) {
  return description.about + "\n\nUsage: fleetmeter COMMAND [OPTION]...\n" +
         "       fleetmeter help COMMAND\n" + commands_text(description.commands) +
         options_text(description.common) + '\n' + paragraph(description.exit_codes, 0);
}

std::string help_text(const CommandDescription& command, const Description& description) {
  std::string usage = "Usage: fleetmeter " + command.name;
  for (const OptionDescription& argument : command.arguments) {
    usage += argument.group == "Arguments" ? ' ' + argument.names.front() : "";
  }
  std::string common;
  for (const OptionDescription& option : description.common) {
    common += (common.empty() ? "" : " ") + option.names.back();
  }
  return command.help + ".\n\n" + usage + " [OPTION]...\n\n" + paragraph(command.gives, 0) +
         examples_text(command.examples) + options_text(command.arguments) +
         options_text(command.options) +
         "\nCommon options, which `fleetmeter --help` describes:\n" + paragraph(common, 2);
}

}  // namespace fleetmeter::cli
