#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace fleetmeter::nightly {

/// What in a folder of reports is provably ours. Everything else belongs to somebody: it is neither
/// removed nor written over.

/// The names of the files that a report of the period put into its folder. Empty when nothing there
/// says that it is a report: neither its manifest, nor its report.json, nor its page.
[[nodiscard]] std::set<std::string> own_files(const std::filesystem::path& folder,
                                              const std::string& label);

/// Whether a folder holds nothing but files called like those of a report, as a draft does.
[[nodiscard]] bool is_draft(const std::filesystem::path& folder);

/// Whether a file is the page over all reports.
[[nodiscard]] bool is_index(const std::filesystem::path& file);

/// The bytes of a regular file; "" of anything else, links too.
[[nodiscard]] std::string read_file(const std::filesystem::path& file);

/// Whether a name is that of a period: 2024-11 or 2024-11-03.
[[nodiscard]] bool is_label(const std::string& name);

}  // namespace fleetmeter::nightly
