#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/columns.hpp"
#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

// Copies of a store that can be proved whole. Beside a copy lies its manifest, `<copy>.manifest`, a
// JSON object that says what the copy holds: its size and SHA-256, the counts of `status`, and the
// totals of billable time and egress with their bounds. A copy of a store of an older version stays
// of that version; its numbers are compared once another copy of it was brought up to date.

/// One entry of a manifest, or one check of a store, and what was found.
struct BackupFinding {
  enum class Status {
    same,
    differs,
    not_compared,  ///< the manifest, or this version, says nothing of it
  };

  std::string what;
  std::optional<std::string> expected;  ///< as the manifest says
  std::optional<std::string> found;
  Status status = Status::same;

  static const std::vector<Column<BackupFinding>>& columns();
};

/// Whether nothing differs.
[[nodiscard]] bool is_sound(const std::vector<BackupFinding>& findings);

/// Copies a store as it is at one moment, whoever writes meanwhile, into a file that is not there
/// yet, and writes the manifest last: a copy without one was not finished. Gives the manifest.
/// Throws Error(cannot_create) when there is a file already, and what Store::open throws.
std::vector<BackupFinding> back_up(const std::string& store_path, const std::string& copy);

/// Compares a copy with its manifest, byte by byte and then number by number, and puts it to
/// `store_path` only when nothing differs. There must be nothing yet: a store is never overwritten.
/// Throws Error(no_input) without a copy or a manifest.
std::vector<BackupFinding> restore(const std::string& copy, const std::string& store_path);

/// Does all that restore() does, and every check of a store besides, in a folder that goes
/// afterwards.
std::vector<BackupFinding> drill(const std::string& copy);

}  // namespace fleetmeter
