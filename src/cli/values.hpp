#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace fleetmeter::cli {

/// From where to where a whole number may lie.
struct Bounds {
  std::int64_t least = 0;
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
};

/// A whole number as somebody typed it. Throws Error(usage) that names the option, and says what
/// would do.
[[nodiscard]] std::int64_t read_whole_number(const std::string& option, const std::string& text,
                                             Bounds bounds);

/// Adds an option, or an argument, that takes a whole number.
CLI::Option* add_number(CLI::App& app, const std::string& name, std::int64_t& into, Bounds bounds,
                        const std::string& help);
CLI::Option* add_number(CLI::App& app, const std::string& name, std::optional<std::int64_t>& into,
                        Bounds bounds, const std::string& help);
CLI::Option* add_number(CLI::App& app, const std::string& name, std::optional<std::size_t>& into,
                        Bounds bounds, const std::string& help);

/// A value that an option may have, as an example for who gave it none, or a wrong one. `value` is
/// what --help calls it: `TIME`, `FILE`.
[[nodiscard]] std::string example_value(const std::string& option, const std::string& value);

}  // namespace fleetmeter::cli
