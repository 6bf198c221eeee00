#include "nightly/report_marks.hpp"

#include <algorithm>
#include <fstream>
#include <system_error>

#include "base/time_text.hpp"
#include "decode/json_tree.hpp"
#include "fleetmeter/error.hpp"
#include "report/files.hpp"
#include "report/page.hpp"

namespace fleetmeter::nightly {

namespace {

namespace fs = std::filesystem;

constexpr const char* kManifest = "manifest.json";
constexpr const char* kRestated = "restated.md";

bool is_plain_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(fs::symlink_status(path, error));
}

decode::JsonTree read_tree(const fs::path& file) {
  try {
    return decode::read_json(read_file(file));
  } catch (const Error&) {
    return {};  // damaged: it proves nothing
  }
}

/// Whether a manifest.json or a report.json is about a report of this period.
bool is_of(const decode::JsonTree& root, const std::string& label) {
  const decode::JsonTree* const header = root.find("report");
  if (header == nullptr || header->items.empty()) {
    return false;
  }
  const decode::JsonTree* const period = header->items.front().find("period");
  return period != nullptr && period->text == label &&
         header->items.front().find("store_digest") != nullptr;
}

bool has_title(const std::string& page, const std::string& title) {
  return page.find("<title>" + title + "</title>") != std::string::npos;
}

}  // namespace

std::string read_file(const fs::path& file) {
  if (!is_plain_file(file)) {
    return "";
  }
  std::error_code error;
  const auto size = fs::file_size(file, error);
  std::string bytes(error ? 0 : size, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

bool is_label(const std::string& name) {
  return base::parse_date(name.size() == 7 ? name + "-01" : name).has_value();
}

std::set<std::string> own_files(const fs::path& folder, const std::string& label) {
  std::set<std::string> own;
  const decode::JsonTree manifest = read_tree(folder / kManifest);
  const decode::JsonTree* const files = manifest.find("files");
  if (is_of(manifest, label) && files != nullptr) {
    own.insert(kManifest);
    for (const decode::JsonTree& file : files->items) {
      const decode::JsonTree* const name = file.find("file");
      if (name != nullptr && report::file_names().count(name->text) != 0) {
        own.insert(name->text);
      }
    }
  } else if (is_of(read_tree(folder / "report.json"), label) ||
             has_title(read_file(folder / "index.html"), report::title_of(label))) {
    own = report::file_names();  // its manifest is damaged
  }
  if (!own.empty() && read_file(folder / kRestated).rfind("# " + label + " was restated", 0) == 0) {
    own.insert(kRestated);
  }
  return own;
}

bool is_draft(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(fs::symlink_status(folder, error))) {
    return false;
  }
  fs::directory_iterator entries(folder, error);
  return !error && std::all_of(begin(entries), end(entries), [](const fs::directory_entry& entry) {
    const std::string name = entry.path().filename().string();
    return is_plain_file(entry.path()) &&
           (name == kRestated || report::file_names().count(name) != 0);
  });
}

bool is_index(const fs::path& file) {
  return has_title(read_file(file), report::kIndexTitle);
}

}  // namespace fleetmeter::nightly
