#pragma once

#include <string>
#include <vector>

namespace fleetmeter::cli {

/// An option as --help shows it.
struct OptionDescription {
  std::vector<std::string> names;  ///< `-q`, `--quiet`
  std::string value;               ///< what it takes; "" for a flag
  std::string help;
  std::string group;  ///< the heading it stands below: `Window`

  friend bool operator==(const OptionDescription&, const OptionDescription&) = default;
};

/// What people do, and the command line for it.
struct Example {
  std::string purpose;
  std::string line;
};

/// A command with everything it takes, for --help, for completions and for the manual.
struct CommandDescription {
  std::string name;
  std::string group;  ///< the heading it stands below: `Questions`
  std::string help;
  std::string gives;
  std::vector<OptionDescription> arguments = {};  ///< each has one name: `PATHS...`
  std::vector<OptionDescription> options = {};
  std::vector<Example> examples = {};
};

/// The whole command line, read off the same table that parses it.
struct Description {
  std::string about;
  std::string exit_codes;
  std::vector<OptionDescription> common;
  std::vector<CommandDescription> commands;
};
[[nodiscard]] Description describe();

/// What --help prints: of the program, of a command, and of a named query. Lines fit 80 columns.
[[nodiscard]] std::string help_text(const Description& description);
[[nodiscard]] std::string help_text(const CommandDescription& command,
                                    const Description& description);

/// What the examples of a command are; a test runs them.
[[nodiscard]] std::vector<Example> examples_of(const std::string& command);

/// A completion script for `bash`, `zsh` or `fish`. Throws Error(usage) on another shell.
[[nodiscard]] std::string completion_for(const std::string& shell);

/// The manual page, for man(1).
[[nodiscard]] std::string manual(const Description& description);

}  // namespace fleetmeter::cli
