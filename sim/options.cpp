#include "sim/options.hpp"

#include <charconv>
#include <map>

namespace fleetmeter::sim {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kDayMs = 24 * kHourMs;

template <typename Number>
Number number(const std::string& option, const std::string& text) {
  Number value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || value < 0) {
    throw UsageError(option + ": not a number: " + text);
  }
  return value;
}

int positive(const std::string& option, const std::string& text) {
  const int value = number<int>(option, text);
  if (value == 0) {
    throw UsageError(option + ": must be at least 1");
  }
  return value;
}

template <typename Value>
Value choice(const std::string& option, const std::string& text,
             const std::map<std::string, Value>& choices) {
  const auto found = choices.find(text);
  if (found == choices.end()) {
    throw UsageError(option + ": no such choice: " + text);
  }
  return found->second;
}

void set_api(ArchiveOptions& archive, const std::string& text) {
  static const std::map<std::string, std::optional<Api>> apis = {
      {"v1", Api::v1},       {"v1-rooms", Api::v1_rooms}, {"v2", Api::v2},        {"v3", Api::v3},
      {"early", Api::early}, {"lean", Api::lean},         {"mixed", std::nullopt}};
  archive.api = choice("--api", text, apis);
  archive.fleet.text_deployments = archive.api == Api::v3;
}

void set_profile(CommandLine& line, const std::string& name) {
  line.archive = profile(name);
  line.layout = name == "cron" || name == "stopped" ? Layout::tree : Layout::ndjson;
}

/// One option: what it is called, what follows it, what it is for and what it does.
struct Option {
  const char* name;
  const char* value;  // nullptr: a flag
  const char* purpose;
  void (*set)(CommandLine&, const std::string&);
};

// NOLINTNEXTLINE(cert-err58-cpp): a table of constants
const std::vector<Option> kOptions = {
    {"--profile", "NAME",
     "preset demo, M, L, cron, stopped, logs or players; later options change it",
     [](CommandLine& c, const std::string& v) { set_profile(c, v); }},
    {"--seed", "N", "the same seed, the same bytes (1)",
     [](CommandLine& c, const std::string& v) {
       c.archive.fleet.seed = number<std::uint64_t>("--seed", v);
     }},
    {"--start", "T", "2024-11-01 or 2024-11-01T00:00:00Z (the former)",
     [](CommandLine& c, const std::string& v) {
       const auto at = parse_instant(v);
       if (!at) {
         throw UsageError("--start: not a date or instant: " + v);
       }
       c.archive.fleet.start_ms = *at;
     }},
    {"--days", "N", "how long (1)",
     [](CommandLine& c, const std::string& v) {
       c.archive.fleet.duration_ms = positive("--days", v) * kDayMs;
     }},
    {"--hours", "N", "how long, in hours",
     [](CommandLine& c, const std::string& v) {
       c.archive.fleet.duration_ms = positive("--hours", v) * kHourMs;
     }},
    {"--processes-alive", "N", "average concurrency (20)",
     [](CommandLine& c, const std::string& v) {
       c.archive.fleet.processes_alive = positive("--processes-alive", v);
     }},
    {"--lifetime-minutes", "N", "average life of a process (60)",
     [](CommandLine& c, const std::string& v) {
       c.archive.fleet.lifetime_minutes = positive("--lifetime-minutes", v);
     }},
    {"--apps", "N", "apps (2)",
     [](CommandLine& c, const std::string& v) { c.archive.fleet.apps = positive("--apps", v); }},
    {"--regions", "N", "regions, at most 14 (6)",
     [](CommandLine& c, const std::string& v) {
       c.archive.fleet.regions = positive("--regions", v);
     }},
    {"--deployments", "N", "deployments of each app (3)",
     [](CommandLine& c, const std::string& v) {
       c.archive.fleet.deployments = positive("--deployments", v);
     }},
    {"--never-started", "PERMILLE", "processes that never bind their port (20)",
     [](CommandLine& c, const std::string& v) {
       c.archive.fleet.never_started = number<int>("--never-started", v);
     }},
    {"--short-ids", nullptr, "12 hexadecimal digits instead of a uuid",
     [](CommandLine& c, const std::string&) { c.archive.fleet.short_ids = true; }},
    {"--poll", "SECONDS", "between two polls (60)",
     [](CommandLine& c, const std::string& v) { c.archive.poll_s = positive("--poll", v); }},
    {"--api", "KIND", "v1, v1-rooms, v2, v3, early, lean (the least V1) or mixed (v1-rooms)",
     [](CommandLine& c, const std::string& v) { set_api(c.archive, v); }},
    {"--key-order", "ORDER", "vendor, alphabetical or shuffled (vendor)",
     [](CommandLine& c, const std::string& v) {
       static const std::map<std::string, KeyOrder> orders = {
           {"vendor", KeyOrder::vendor},
           {"alphabetical", KeyOrder::alphabetical},
           {"shuffled", KeyOrder::shuffled}};
       c.archive.key_order = choice("--key-order", v, orders);
     }},
    {"--pretty", nullptr, "documents over many lines",
     [](CommandLine& c, const std::string&) { c.archive.pretty = true; }},
    {"--form", "FORM",
     "envelope; array: bare, the time is in the file's name; log: texts in log lines",
     [](CommandLine& c, const std::string& v) {
       static const std::map<std::string, Form> forms = {
           {"envelope", Form::envelope}, {"array", Form::array}, {"log", Form::log}};
       c.archive.form = choice("--form", v, forms);
     }},
    {"--layout", "LAYOUT", "ndjson: one file; files: a folder; tree: a folder a day (ndjson)",
     [](CommandLine& c, const std::string& v) {
       static const std::map<std::string, Layout> layouts = {
           {"ndjson", Layout::ndjson}, {"files", Layout::files}, {"tree", Layout::tree}};
       c.layout = choice("--layout", v, layouts);
     }},
    {"--out", "PATH", "file or folder; - is standard output (-)",
     [](CommandLine& c, const std::string& v) { c.out = v; }},
    {"--truth", "FILE", "CSV of what really happened to each process",
     [](CommandLine& c, const std::string& v) { c.truth = v; }},
    {"--gaps", "PERMILLE", "polls that are missing, in runs",
     [](CommandLine& c, const std::string& v) { c.archive.gaps = number<int>("--gaps", v); }},
    {"--cap10", nullptr, "lists are cut to the 10 most recent",
     [](CommandLine& c, const std::string&) { c.archive.cap10 = true; }},
    {"--running-only", nullptr, "the lists of stopped processes were not saved",
     [](CommandLine& c, const std::string&) { c.archive.running_only = true; }},
    {"--by-region", nullptr, "a list for each app and region",
     [](CommandLine& c, const std::string&) { c.archive.by_region = true; }},
    {"--busy-players", nullptr, "connections change with most polls, each room has its own config",
     [](CommandLine& c, const std::string&) { c.archive.fleet.busy_players = true; }},
    {"--lost-finals", "PERMILLE", "processes never listed as stopped",
     [](CommandLine& c, const std::string& v) {
       c.archive.lost_finals = number<int>("--lost-finals", v);
     }},
    {"--late", "PERMILLE", "documents written later, out of order",
     [](CommandLine& c, const std::string& v) { c.archive.late = number<int>("--late", v); }},
    {"--repeat", "PERMILLE", "documents written again, some of them reformatted",
     [](CommandLine& c, const std::string& v) { c.archive.repeat = number<int>("--repeat", v); }},
    {"--dips", "PERMILLE", "records whose counter was read stale",
     [](CommandLine& c, const std::string& v) { c.archive.dips = number<int>("--dips", v); }},
    {"--breaks", "PERMILLE", "processes whose counter restarts once",
     [](CommandLine& c, const std::string& v) {
       c.archive.fleet.breaks = number<int>("--breaks", v);
     }},
    {"--wraps", "PERMILLE", "processes whose counter wraps to negative int32",
     [](CommandLine& c, const std::string& v) {
       c.archive.fleet.wraps = number<int>("--wraps", v);
     }},
    {"--clamp32", "PERMILLE", "processes whose counter stays at 2147483647",
     [](CommandLine& c, const std::string& v) {
       c.archive.fleet.clamp32 = number<int>("--clamp32", v);
     }},
    {"--help", nullptr, "this text", [](CommandLine& c, const std::string&) { c.help = true; }}};

const Option& option_named(const std::string& name) {
  for (const Option& option : kOptions) {
    if (name == option.name) {
      return option;
    }
  }
  throw UsageError("no such option: " + name);
}

}  // namespace

ArchiveOptions profile(const std::string& name) {
  ArchiveOptions archive;
  if (name == "demo") {
    archive.fleet.duration_ms = 3 * kDayMs;
    archive.fleet.processes_alive = 6;
    archive.fleet.breaks = 15;
    archive.fleet.wraps = 20;
    archive.fleet.clamp32 = 10;
    archive.api = std::nullopt;
    archive.poll_s = 300;
    archive.gaps = 15;
    archive.lost_finals = 30;
    archive.late = 20;
    archive.repeat = 20;
    archive.dips = 3;
  } else if (name == "M") {
    archive.fleet.duration_ms = 3 * kDayMs;
    archive.fleet.processes_alive = 217;
    archive.fleet.apps = 4;
    archive.fleet.regions = 14;
  } else if (name == "L") {
    archive.fleet.duration_ms = 30 * kDayMs;
    archive.fleet.processes_alive = 500;
    archive.fleet.lifetime_minutes = 43;
    archive.fleet.apps = 4;
    archive.fleet.regions = 14;
    archive.fleet.busy_players = true;
  } else if (name == "cron" || name == "stopped" || name == "logs") {
    // What the vendor's API gave to a cron job: ten at most, of one app and region.
    archive.fleet.processes_alive = 30;
    archive.fleet.lifetime_minutes = 40;
    archive.fleet.apps = 1;
    archive.fleet.regions = 4;
    archive.cap10 = true;
    archive.by_region = true;
    archive.form = name == "logs" ? Form::log : Form::array;
    archive.running_only = name == "cron";
  } else if (name == "players") {
    archive.fleet.duration_ms = 3 * kDayMs;
    archive.fleet.processes_alive = 217;
    archive.fleet.apps = 4;
    archive.fleet.regions = 14;
    archive.fleet.busy_players = true;
  } else {
    throw UsageError("--profile: no such profile: " + name);
  }
  return archive;
}

CommandLine parse_command_line(const std::vector<std::string>& words) {
  CommandLine line;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i == 0 && words[i] == "adversarial") {
      line.adversarial = true;
      continue;
    }
    const Option& option = option_named(words[i]);
    if (option.value != nullptr && i + 1 == words.size()) {
      throw UsageError(words[i] + ": a value is missing");
    }
    option.set(line, option.value == nullptr ? "" : words[++i]);
  }
  const bool needs_folder = line.adversarial || line.layout != Layout::ndjson;
  if (line.out == "-" && needs_folder && !line.help) {
    throw UsageError("--out FOLDER is missing");
  }
  if (line.archive.form == Form::array && line.layout == Layout::ndjson && !line.adversarial) {
    throw UsageError("--form array needs --layout files or tree: the time is in the file's name");
  }
  return line;
}

std::string help_text() {
  std::string out =
      "usage: fleetmeter-sim [OPTION]...\n"
      "       fleetmeter-sim adversarial --seed N --out FOLDER\n\n"
      "Makes an archive of polls of a fleet of game servers, the same from the same seed.\n\n";
  for (const Option& option : kOptions) {
    std::string left = "  " + std::string(option.name);
    left += option.value == nullptr ? "" : ' ' + std::string(option.value);
    left.append(left.size() < 27 ? 27 - left.size() : 1, ' ');
    out += left + option.purpose + '\n';
  }
  return out;
}

}  // namespace fleetmeter::sim
