#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/archive.hpp"
#include "sim/output.hpp"

namespace fleetmeter::sim {

/// Everything the command line can say.
struct CommandLine {
  ArchiveOptions archive;
  Layout layout = Layout::ndjson;
  std::string out = "-";
  std::optional<std::string> truth;
  bool adversarial = false;
  bool help = false;
};

/// Thrown for a command line that cannot be understood.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

[[nodiscard]] CommandLine parse_command_line(const std::vector<std::string>& words);
[[nodiscard]] std::string help_text();

/// The options of a named profile: demo, M, L, cron, stopped, logs or players. Throws UsageError
/// for any other name.
[[nodiscard]] ArchiveOptions profile(const std::string& name);

}  // namespace fleetmeter::sim
