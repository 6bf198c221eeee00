#include "sqlc/files.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace fleetmeter::sqlc {

namespace {

std::string contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    throw Fault(path.string() + ": cannot be read");
  }
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

bool is_name(const std::string& stem, bool is_migration) {
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool begins = is_migration ? stem.size() > 5 && stem[4] == '_' &&
                                         std::all_of(stem.begin(), stem.begin() + 4, is_digit)
                                   : !stem.empty() && is_lower(stem.front());
  return begins && std::all_of(stem.begin(), stem.end(),
                               [&](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

}  // namespace

std::string File::folder() const {
  return std::filesystem::path(path).parent_path().generic_string();
}

std::string File::stem() const {
  return std::filesystem::path(path).stem().string();
}

std::vector<File> files_of(const std::filesystem::path& root, const std::string& folder) {
  std::vector<File> files;
  for (const auto& entry : std::filesystem::directory_iterator(root / folder)) {
    if (entry.path().extension() == ".sql") {
      const std::string path = folder + '/' + entry.path().filename().string();
      files.push_back({path, contents(entry.path())});
      if (!is_name(files.back().stem(), folder == "migrations")) {
        throw Fault(path +
                    ":1: a name is lower case letters, digits and _; a migration's begins "
                    "with its number, 0001_");
      }
    }
  }
  std::sort(files.begin(), files.end(),
            [](const File& a, const File& b) { return a.path < b.path; });
  return files;
}

void write_if_new(const std::filesystem::path& path, const std::string& text) {
  if (std::filesystem::exists(path) && contents(path) == text) {
    return;
  }
  std::filesystem::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (!out.flush()) {
    throw Fault(path.string() + ": cannot be written");
  }
}

}  // namespace fleetmeter::sqlc
