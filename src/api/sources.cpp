#include "api/sources.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "fleetmeter/error.hpp"

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
      throw Error(ErrorKind::usage, std::string("--observed-at: ") + parsed.problem +
                                        ", or say mtime or now (" + base::printable(text) + ")");
    }
    out.at_ms = parsed.ms;
  }
  return out;
}

}  // namespace fleetmeter

namespace fleetmeter::api {

namespace {

namespace fs = std::filesystem;

bool ends_with(const std::string& text, const char* suffix) {
  const std::string end(suffix);
  return text.size() > end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

bool is_archive(std::string name) {
  for (const char* packed : {".gz", ".zst"}) {
    if (ends_with(name, packed)) {
      name.resize(name.size() - std::string(packed).size());
      break;
    }
  }
  return ends_with(name, ".json") || ends_with(name, ".ndjson") || ends_with(name, ".jsonl");
}

void add_folder(const fs::path& folder, std::vector<std::string>& out) {
  std::vector<fs::path> entries;
  std::error_code failure;
  for (fs::directory_iterator it(folder, failure), end; !failure && it != end;
       it.increment(failure)) {
    entries.push_back(it->path());
  }
  if (failure) {
    throw Error(failure == std::errc::permission_denied ? ErrorKind::permission : ErrorKind::io,
                folder.string() + ": the folder cannot be read (" + failure.message() + ")");
  }
  std::sort(entries.begin(), entries.end(), [](const fs::path& a, const fs::path& b) {
    return a.filename().native() < b.filename().native();
  });
  for (const fs::path& entry : entries) {
    const fs::file_status status = fs::status(entry, failure);
    const bool is_link = fs::is_symlink(entry, failure);
    if (fs::is_directory(status) && !is_link) {
      add_folder(entry, out);
    } else if (fs::is_regular_file(status) && is_archive(entry.filename().string())) {
      out.push_back(entry.string());
    }
  }
}

std::int64_t modified_ms(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    return 0;
  }
  return std::int64_t{status.st_mtim.tv_sec} * 1000 + status.st_mtim.tv_nsec / 1'000'000;
}

}  // namespace

std::vector<std::string> expand(const std::vector<std::string>& paths) {
  std::vector<std::string> out;
  for (const std::string& path : paths) {
    std::error_code failure;
    if (path != "-" && fs::is_directory(path, failure)) {
      const std::size_t before = out.size();
      add_folder(path, out);
      if (out.size() == before) {
        out.push_back(path);  // to be reported
      }
    } else {
      out.push_back(path);
    }
  }
  return out;
}

decode::FallbackTime fallback_time(const std::string& path, const ObservedAt& observed_at) {
  if (observed_at.at_ms) {
    return {observed_at.at_ms, model::TimeOrigin::flag};
  }
  if (const auto in_name = base::find_time_in_name(path)) {
    return {in_name, model::TimeOrigin::filename};
  }
  if (observed_at.allow_mtime && path != "-") {
    return {modified_ms(path), model::TimeOrigin::mtime};
  }
  if (observed_at.allow_now) {
    return {wall_clock_ms(), model::TimeOrigin::now};
  }
  return {};
}

std::string no_time_message() {
  return "nothing says when this was observed, so it was not stored; say it in the document "
         "({\"observedAt\": \"2024-11-01T08:30:00Z\", \"processes\": [...]}), with --observed-at "
         "2024-11-01T08:30:00Z, in the file's name (2024-11-01T08-30-00Z.json), or allow "
         "--observed-at mtime or --observed-at now";
}

std::int64_t wall_clock_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace fleetmeter::api
