#include "ingest/sources.hpp"

#include <fnmatch.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"

namespace fleetmeter {

ObservedAt parse_observed_at(const std::string& text) {
  ObservedAt out;
  if (text == "mtime") {
    out.allow_mtime = true;
  } else if (text == "now") {
    out.allow_now = true;
  } else {
    const base::ParsedTime parsed = base::parse_rfc3339(text);
    if (!parsed.ms) {
      throw Error(ErrorKind::usage, spelled(Term::observed_at) + ": " + parsed.problem +
                                        ", or say mtime or now (" + base::printable(text) + ")");
    }
    out.at_ms = parsed.ms;
  }
  return out;
}

}  // namespace fleetmeter

namespace fleetmeter::ingest {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kFirstClock_ms = 946'684'800'000;  // 2000-01-01: no clock that was set
constexpr std::int64_t kClocksDiffer_ms = 86'400'000;     // by a day at most

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes what log rotation puts behind a name: `.1`, `-20241101`, `.2024-11-01`.
void drop_rotation(std::string_view& name) {
  for (std::size_t at = 1; at + 1 < name.size(); ++at) {
    const bool may_begin = (name[at] == '.' || name[at] == '-') && is_digit(name[at + 1]);
    if (may_begin && name.find_first_not_of("0123456789-.:tz_+", at) == std::string_view::npos) {
      name = name.substr(0, at);
      return;
    }
  }
}

bool drop_ending(std::string_view& name, std::string_view ending) {
  const bool ends = name.size() > ending.size() && name.ends_with(ending);
  name.remove_suffix(ends ? ending.size() : 0);
  return ends;
}

/// `polls.json`, `POLL.NDJSON`, `polls.jsonl.gz`, and rotated ones: `polls.ndjson.2.gz`.
bool is_archive(const std::string& file_name) {
  const std::string name = base::ascii_lower(file_name);
  if (name.starts_with("._")) {
    return false;  // what macOS writes beside a file on a foreign disk
  }
  std::string_view rest = name;
  drop_rotation(rest);
  static_cast<void>(drop_ending(rest, ".gz") || drop_ending(rest, ".zst"));
  drop_rotation(rest);
  return drop_ending(rest, ".json") || drop_ending(rest, ".ndjson") || drop_ending(rest, ".jsonl");
}

/// A folder that `report` made: its JSON is an answer, not an archive.
bool is_report(const fs::path& folder) {
  std::error_code failure;
  return fs::is_regular_file(folder / "manifest.json", failure) &&
         fs::is_regular_file(folder / "report.json", failure) &&
         fs::is_regular_file(folder / "report.md", failure);
}

/// A folder that `export lake` made: what is JSON in it is its manifest.
bool is_lake(const fs::path& folder) {
  constexpr std::string_view kBegin = "{\n  \"form\": \"fleetmeter lake ";
  std::ifstream manifest(folder / "manifest.json", std::ios::binary);
  std::string begin(kBegin.size(), '\0');
  manifest.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  return manifest && begin == kBegin;
}

/// Collects the archives of one folder that the user named.
class Walk {
 public:
  Walk(const std::string& folder, const std::vector<std::string>& include, Expansion& out)
      : include_(include), out_(out), passed_over_{folder, 0, ""} {
    const std::size_t before = out.sources.size();
    enter(folder);
    if (out.sources.size() == before) {
      out.sources.push_back(folder);  // to be reported
    }
    if (passed_over_.count > 0) {
      out.passed_over.push_back(passed_over_);
    }
  }

 private:
  void enter(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code failure;
    for (fs::directory_iterator it(folder, failure), end; !failure && it != end;
         it.increment(failure)) {
      entries.push_back(it->path());
    }
    if (failure) {
      out_.sources.push_back(folder.string());  // opening it tells why
      return;
    }
    std::sort(entries.begin(), entries.end(), [](const fs::path& a, const fs::path& b) {
      return a.filename().native() < b.filename().native();
    });
    for (const fs::path& entry : entries) {
      look_at(entry);
    }
  }

  void look_at(const fs::path& entry) {
    std::error_code failure;
    const fs::file_type kind = fs::symlink_status(entry, failure).type();
    const bool is_wanted = is_archive(entry.filename().string()) || is_included(entry);
    if (kind == fs::file_type::directory) {
      is_report(entry) || is_lake(entry) ? pass_over(entry) : enter(entry);
    } else if (kind == fs::file_type::none || kind == fs::file_type::unknown) {
      out_.sources.push_back(entry.string());  // opening it tells why it cannot be looked at
    } else if (is_wanted && kind == fs::file_type::regular) {
      out_.sources.push_back(entry.string());
    } else if (is_wanted && kind == fs::file_type::symlink && leads_to_file(entry)) {
      out_.sources.push_back(entry.string());
    } else {
      pass_over(entry);
    }
  }

  /// Whether a link leads to a file, or nowhere, which is to be reported. Behind others may be a
  /// pipe that nobody writes to, or a device without an end.
  static bool leads_to_file(const fs::path& link) {
    std::error_code failure;
    const fs::file_type kind = fs::status(link, failure).type();
    return kind == fs::file_type::regular || kind == fs::file_type::not_found ||
           kind == fs::file_type::none || kind == fs::file_type::unknown;
  }

  [[nodiscard]] bool is_included(const fs::path& entry) const {
    return std::any_of(include_.begin(), include_.end(), [&](const std::string& glob) {
      return fnmatch(glob.c_str(), entry.filename().c_str(), 0) == 0 ||
             fnmatch(glob.c_str(), entry.c_str(), FNM_PATHNAME) == 0;
    });
  }

  void pass_over(const fs::path& entry) {
    if (++passed_over_.count == 1) {
      passed_over_.example = entry.string();
    }
  }

  const std::vector<std::string>& include_;
  Expansion& out_;
  PassedOver passed_over_;
};

std::int64_t modified_ms(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    return 0;
  }
  return std::int64_t{status.st_mtim.tv_sec} * 1000 + status.st_mtim.tv_nsec / 1'000'000;
}

}  // namespace

Expansion expand(const std::vector<std::string>& paths, const std::vector<std::string>& include) {
  Expansion out;
  for (const std::string& path : paths) {
    std::error_code failure;
    if (path != "-" && fs::is_directory(path, failure)) {
      Walk(path, include, out);
    } else {
      out.sources.push_back(path);
    }
  }
  return out;
}

SourceTimes::SourceTimes(const IngestOptions& options, std::int64_t now_ms)
    : observed_at_(options.observed_at),
      list_{options.list, options.list_app, options.list_region},
      any_time_(options.any_time),
      now_ms_(now_ms) {
  static const std::vector<std::string> kKinds{"running", "stopped", "latest", "info"};
  if (!list_.kind.empty() &&
      std::find(kKinds.begin(), kKinds.end(), base::ascii_lower(list_.kind)) == kKinds.end()) {
    throw Error(ErrorKind::usage, spelled(Term::list) + ": running, stopped, latest or info, not " +
                                      base::printable(list_.kind) +
                                      base::did_you_mean(list_.kind, kKinds));
  }
  if (!options.name_tz.empty()) {
    zone_.emplace(options.name_tz, spelled(Term::name_tz));
  }
  if (!options.name_pattern.empty()) {
    pattern_.emplace(options.name_pattern);
  }
}

PathSays SourceTimes::path_says(const std::string& path) const {
  const base::Zone* const zone = zone_ ? &*zone_ : nullptr;
  if (pattern_) {
    return pattern_->read(path, zone).value_or(PathSays());
  }
  return {base::find_time_in_name(path, zone), "", "", ""};
}

bool SourceTimes::misses_pattern(const std::string& path) const {
  return pattern_ && !pattern_->read(path, zone_ ? &*zone_ : nullptr);
}

decode::FallbackTime SourceTimes::of(const std::string& path) const {
  decode::FallbackTime time;
  if (!any_time_) {
    time.earliest_ms = kFirstClock_ms;
    time.latest_ms = now_ms_ + kClocksDiffer_ms;
  }
  const PathSays says = path_says(path);
  const auto first = [](const std::string& given, const std::string& in_path) {
    return given.empty() ? in_path : given;
  };
  time.list = {first(list_.kind, says.list), first(list_.app, says.app),
               first(list_.region, says.region)};
  if (observed_at_.at_ms) {
    time.at_ms = observed_at_.at_ms;
    time.origin = model::TimeOrigin::flag;
  } else if (says.time.ms) {
    time.at_ms = says.time.ms;
    time.origin = model::TimeOrigin::filename;
  } else if (observed_at_.allow_mtime && path != "-") {
    time.at_ms = modified_ms(path);
    time.origin = model::TimeOrigin::mtime;
  } else if (observed_at_.allow_now) {
    time.at_ms = now_ms_;
    time.origin = model::TimeOrigin::now;
  }
  return time;
}

std::string SourceTimes::no_time_message(const std::string& path, const Untimed& untimed,
                                         bool is_only) const {
  const base::NameTime time = path_says(path).time;
  const std::string observed_at = spelled(Term::observed_at);
  const std::string in_document =
      "say it in the document ({\"observedAt\": \"2024-11-01T08:30:00Z\", \"processes\": [...]})";
  const bool is_one = untimed.count == 1;
  const std::string some = std::to_string(untimed.count) + " of its documents (" +
                           (is_one ? "at byte " : "the first at byte ") +
                           std::to_string(untimed.first_offset) + ')';
  const std::string not_stored =
      "so " + (is_only ? "it was" : some + (is_one ? " was" : " were")) + " not stored; ";
  const std::string they_not_stored =
      std::string("so ") + (is_one ? "it was" : "they were") + " not stored; ";
  if (untimed.is_unread) {
    return "around " + (is_only ? "it" : some) +
           " stands a time that cannot be read, without a zone perhaps, " + they_not_stored +
           in_document + " or with " + observed_at + " 2024-11-01T08:30:00Z";
  }
  switch (time.kind) {
    case base::NameTime::Kind::no_zone:
      return "its name says " + time.text + " without a zone, " + not_stored +
             "name the zone with " + spelled(Term::name_tz) + " (" + spelled(Term::name_tz) +
             " UTC), or the instant with " + observed_at;
    case base::NameTime::Kind::two_times:
      return "its name says two times (" + time.text + "), " + not_stored + "say which with " +
             spelled(Term::name_pattern) + " or " + observed_at;
    case base::NameTime::Kind::twice:
      return "its name says " + time.text + ", which the clocks of " + zone_->name() +
             " showed twice or never, " + not_stored + "say the instant with " + observed_at;
    case base::NameTime::Kind::none:
    case base::NameTime::Kind::instant:
      break;
  }
  return "nothing says when " + (is_only ? "this was" : some + (is_one ? " was" : " were")) +
         " observed, " + they_not_stored + in_document + ", with " + observed_at +
         " 2024-11-01T08:30:00Z, in the file's name (2024-11-01T08-30-00Z.json), or allow " +
         observed_at + " mtime or " + observed_at + " now";
}

std::int64_t wall_clock_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace fleetmeter::ingest
