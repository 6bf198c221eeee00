#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <ostream>
#include <set>
#include <string>

#include "fleetmeter/report.hpp"
#include "report/facts.hpp"

namespace fleetmeter::report {

/// A file of a report. What is in it is told as often as it is asked for, because the rows of a
/// large fleet, as texts, are too much to be held.
struct File {
  std::function<void(std::ostream&)> tell;
  std::int64_t bytes = 0;
  std::string sha256;  ///< in hexadecimal

  [[nodiscard]] std::string text() const;
};

/// By their names.
using Files = std::map<std::string, File>;

/// A file with this text.
[[nodiscard]] File file_with(std::string text);

/// The files of one report, manifest.json among them, which has the digest of each other. The same
/// facts give the same bytes. The request says whether there is a report.xlsx, and whether cells of
/// CSV are guarded. The facts must outlive the files.
[[nodiscard]] Files files_of(const Facts& facts, const ReportRequest& request);

/// The reports that a page leads to, as its report.json says it: their labels, apart by spaces.
[[nodiscard]] std::string linked_text(const Linked& linked);

/// What a report's files can be called; restated.md, which comes beside them, is not among them.
[[nodiscard]] const std::set<std::string>& file_names();

}  // namespace fleetmeter::report
