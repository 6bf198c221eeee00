#include "fleetmeter/backup.hpp"

#include <algorithm>
#include <filesystem>

#include "backup/files.hpp"
#include "backup/manifest.hpp"
#include "base/temporary.hpp"
#include "fleetmeter/store.hpp"
#include "fleetmeter/text.hpp"
#include "store/connection.hpp"
#include "store/copy_store.hpp"

namespace fleetmeter {

namespace {

using backup::Manifest;
using backup::PartialFile;
using Findings = std::vector<BackupFinding>;
using Status = BackupFinding::Status;

/// The names that a copy may have: `-` would be a file of that name.
void expect_file_name(const std::string& path) {
  if (path.empty() || path == "-") {
    throw Error(ErrorKind::usage,
                "a copy is a file with a manifest beside it: name one (" + printable(path) + ")");
  }
}

std::string manifest_beside(const std::string& copy) {
  return copy + ".manifest";
}

/// SQLite would take what lies in a log for pages of the store beside it, whose ever they are.
void expect_no_log_beside(const std::string& store_path) {
  for (const char* ending : {"-wal", "-journal"}) {
    std::error_code failure;
    const auto size = std::filesystem::file_size(store_path + ending, failure);
    if (!failure && size > 0) {
      throw Error(ErrorKind::cannot_create,
                  printable(store_path + ending) +
                      ": a log of the store that was here; move it to where that store is now");
    }
  }
}

Manifest manifest_of(const std::string& copy) {
  const std::string path = manifest_beside(copy);
  if (std::filesystem::exists(copy) && !std::filesystem::exists(path)) {
    throw Error(ErrorKind::no_input,
                printable(path) + ": is missing; a copy without its manifest was not finished");
  }
  return backup::read_manifest(path, backup::text_in(path));
}

const std::string* find(const Manifest& manifest, const std::string& name) {
  const auto found = std::find_if(manifest.begin(), manifest.end(),
                                  [&](const auto& entry) { return entry.first == name; });
  return found == manifest.end() ? nullptr : &found->second;
}

/// Compares what was found. A name of which the manifest says nothing counts as different if it
/// `must_be_said`: another version may have columns of its own.
void compare(const Manifest& expected, const Manifest& found, bool must_be_said,
             Findings& findings) {
  for (const auto& [name, value] : found) {
    const std::string* const said = find(expected, name);
    const Status unsaid = must_be_said ? Status::differs : Status::not_compared;
    findings.push_back({name, said == nullptr ? std::nullopt : std::optional(*said), value,
                        said == nullptr  ? unsaid
                        : *said == value ? Status::same
                                         : Status::differs});
  }
}

/// Whether a copy is of the version that this program writes.
bool is_current(const Manifest& expected) {
  const std::string* const version = find(expected, "schema_version");
  return version != nullptr && *version == std::to_string(store::schema_version());
}

/// Compares the numbers of a copy that goes afterwards: one of an older version is brought up to
/// date first.
void compare_numbers(Manifest expected, const std::string& store_path, Findings& findings) {
  if (!is_current(expected)) {
    static_cast<void>(Store::open_to_write(store_path));
    std::erase_if(expected, [](const auto& entry) { return entry.first == "schema_version"; });
  }
  compare(expected, backup::manifest_of_store(store_path), false, findings);
}

/// Puts the bytes of a copy to another place, and compares them with the manifest.
Findings unpack(const std::string& copy, const Manifest& expected, PartialFile& to) {
  to.write_copy_of(copy);
  Findings findings;
  compare(expected, backup::manifest_of_bytes(to.path()), true, findings);
  return findings;
}

}  // namespace

bool is_sound(const std::vector<BackupFinding>& findings) {
  return std::none_of(findings.begin(), findings.end(),
                      [](const BackupFinding& one) { return one.status == Status::differs; });
}

std::vector<BackupFinding> back_up(const std::string& store_path, const std::string& copy) {
  expect_file_name(copy);
  backup::expect_nothing_at(copy);
  backup::expect_nothing_at(manifest_beside(copy));
  expect_no_log_beside(copy);
  PartialFile data(copy);
  PartialFile words(manifest_beside(copy));
  store::copy_store(store_path, data.path());
  Manifest manifest = backup::manifest_of_bytes(data.path());
  for (auto& entry : backup::manifest_of_store(data.path())) {
    manifest.push_back(std::move(entry));
  }
  const std::string text = backup::to_text(manifest);
  words.write(text);
  data.put();
  words.put();
  Findings findings;
  compare(manifest, manifest, true, findings);
  return findings;
}

std::vector<BackupFinding> restore(const std::string& copy, const std::string& store_path) {
  backup::expect_nothing_at(store_path);
  expect_no_log_beside(store_path);
  const Manifest expected = manifest_of(copy);
  PartialFile store(store_path);
  Findings findings = unpack(copy, expected, store);
  if (is_sound(findings) && is_current(expected)) {
    compare_numbers(expected, store.path(), findings);
  } else if (is_sound(findings)) {
    PartialFile second(store_path + ".updated");
    second.write_copy_of(store.path());
    compare_numbers(expected, second.path(), findings);
  }
  if (is_sound(findings)) {
    store.put();
  }
  return findings;
}

std::vector<BackupFinding> drill(const std::string& copy) {
  const Manifest expected = manifest_of(copy);
  const base::TemporaryFolder folder;
  PartialFile bytes(folder / "store.db");
  Findings findings = unpack(copy, expected, bytes);
  if (is_sound(findings)) {
    bytes.put();
    compare_numbers(expected, folder / "store.db", findings);
  }
  if (!is_sound(findings)) {
    return findings;
  }
  for (const Finding& one : Store::open(folder / "store.db").check()) {
    const bool is_ok = one.status == Finding::Status::ok;
    findings.push_back({"check: " + one.check, "ok",
                        is_ok ? "ok" : one.first_difference.value_or("differs"),
                        is_ok ? Status::same : Status::differs});
  }
  return findings;
}

const std::vector<Column<BackupFinding>>& BackupFinding::columns() {
  using Row = BackupFinding;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::what>{"what", "an entry of the manifest, or a check of the store"},
      Field<&Row::expected>{"expected", "as the manifest says; empty: it says nothing of it"},
      Field<&Row::found>{"found", "in the copy"},
      {"status", "same, differs or not_compared",
       [](const Row& row) -> Cell {
         return std::string(row.status == Status::same      ? "same"
                            : row.status == Status::differs ? "differs"
                                                            : "not_compared");
       }},
  };
  return kColumns;
}

}  // namespace fleetmeter
