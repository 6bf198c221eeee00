#include "cli/values.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>

#include "fleetmeter/error.hpp"
#include "fleetmeter/text.hpp"

namespace fleetmeter::cli {

namespace {

/// ` from 1 to 9`; "" where every number will do.
std::string bounds_text(Bounds bounds) {
  if (bounds.least == std::numeric_limits<std::int64_t>::min()) {
    return "";
  }
  const bool has_end = bounds.most != std::numeric_limits<std::int64_t>::max();
  return " from " + std::to_string(bounds.least) +
         (has_end ? " to " + std::to_string(bounds.most) : " on");
}

/// An option by its long name; an argument in capitals, as --help shows it.
std::string shown_name(const std::string& name) {
  if (name.starts_with('-')) {
    return name.substr(name.find_last_of(',') + 1);
  }
  std::string capitals = name;
  std::transform(capitals.begin(), capitals.end(), capitals.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return capitals;
}

template <class Into>
CLI::Option* add(CLI::App& app, const std::string& name, Into& into, Bounds bounds,
                 const std::string& help) {
  return app
      .add_option_function<std::string>(
          name,
          [name, bounds, &into](const std::string& text) {
            into = static_cast<typename std::conditional_t<
                std::is_same_v<Into, std::optional<std::size_t>>, std::size_t, std::int64_t>>(
                read_whole_number(shown_name(name), text, bounds));
          },
          help)
      ->type_name("N");
}

}  // namespace

std::int64_t read_whole_number(const std::string& option, const std::string& text, Bounds bounds) {
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_number = read.ec == std::errc() && read.ptr == text.data() + text.size();
  if (!is_number || value < bounds.least || value > bounds.most) {
    throw Error(ErrorKind::usage, option + ": not a whole number" + bounds_text(bounds) +
                                      ", like " + example_value(option, "N") + " (" +
                                      printable(text) + ")");
  }
  return value;
}

CLI::Option* add_number(CLI::App& app, const std::string& name, std::int64_t& into, Bounds bounds,
                        const std::string& help) {
  return add(app, name, into, bounds, help);
}

CLI::Option* add_number(CLI::App& app, const std::string& name, std::optional<std::int64_t>& into,
                        Bounds bounds, const std::string& help) {
  return add(app, name, into, bounds, help);
}

CLI::Option* add_number(CLI::App& app, const std::string& name, std::optional<std::size_t>& into,
                        Bounds bounds, const std::string& help) {
  return add(app, name, into, bounds, help);
}

std::string example_value(const std::string& option, const std::string& value) {
  static const std::map<std::string, std::string> kOfOption{{"--db", "fleet.db"},
                                                            {"--fail-on", "anomaly,reject"},
                                                            {"--file", "question.sql"},
                                                            {"--archive", "pruned"},
                                                            {"--ca", "authority.pem"},
                                                            {"--host", "host-1.example.com"},
                                                            {"--key", "seal-key.pem"},
                                                            {"--known-seq", "1187"},
                                                            {"--max-record", "16"},
                                                            {"--origin", "example.com/billing"},
                                                            {"--port", "20000"},
                                                            {"--process-id", "00fc104d"},
                                                            {"--prom", "fleetmeter.prom"},
                                                            {"--public-key", "seal-key.pub"},
                                                            {"--receipt", "line.receipt"},
                                                            {"--tsq", "seal.tsq"},
                                                            {"--tsr", "seal.tsr"},
                                                            {"--verify", "archive"},
                                                            {"--width", "80"}};
  static const std::map<std::string, std::string> kOfValue{
      {"APP", "app-1"},
      {"CARD", "vcpu-hours"},
      {"COLUMN", "egress_bytes:desc"},
      {"CURRENCY", "EUR"},
      {"DATE", "2024-11-03"},
      {"DEPLOYMENT", "7"},
      {"DIR", "reports"},
      {"DURATION", "15m"},
      {"FILE", "answer.csv"},
      {"FLAG", "stale_read"},
      {"FORMAT", "json"},
      {"GLOB", "'*.txt'"},
      {"HOW", "ignore"},
      {"ID", "INV-7"},
      {"K=V", "gap=15m"},
      {"KIND", "running"},
      {"LIST", "day,region"},
      {"MONTH", "2024-11"},
      {"N", "10"},
      {"PATTERN", "'{app}/{region}/{time}.json'"},
      {"POLICY", "standard"},
      {"PROCESS", "00fc104d"},
      {"REGION", "Tokyo"},
      {"SECTION", "lines"},
      {"SHARE|AMOUNT", "19%"},
      {"STATE", "1187"},
      {"TABLE", "process_latest"},
      {"TIME", "2024-11-03T08:30:00Z"},
      {"VERSION", "1.3"},
      {"WHEN", "never"},
      {"YEAR", "2024"},
      {"ZONE", "America/New_York"}};
  const auto of_option = kOfOption.find(option);
  if (of_option != kOfOption.end()) {
    return of_option->second;
  }
  const auto of_value = kOfValue.find(value);
  return of_value == kOfValue.end() ? value : of_value->second;
}

}  // namespace fleetmeter::cli
