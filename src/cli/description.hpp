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

/// A command with everything it takes, for completions and for the manual.
struct CommandDescription {
  std::string name;
  std::string help;
  std::string gives;
  std::vector<std::string> positionals;  ///< `PATH...`, `PROCESS_ID`
  std::vector<OptionDescription> options;
};

/// The whole command line, read off the same table that parses it.
struct Description {
  std::string about;
  std::string exit_codes;
  std::vector<OptionDescription> common;
  std::vector<CommandDescription> commands;
};
[[nodiscard]] Description describe();

/// A completion script for `bash`, `zsh` or `fish`. Throws Error(usage) on another shell.
[[nodiscard]] std::string completion_for(const std::string& shell);

/// The manual page, for man(1).
[[nodiscard]] std::string manual(const Description& description);

}  // namespace fleetmeter::cli
