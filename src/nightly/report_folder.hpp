#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "report/facts.hpp"
#include "report/files.hpp"

namespace fleetmeter::nightly {

/// The folder that holds a folder per period. Each of these appears whole or not at all, whatever
/// happens meanwhile. Only one run at a time works in it.
class ReportFolder {
 public:
  /// Makes the folder when it is not there, and holds a lock on it until destruction. Throws
  /// Error(cannot_create, permission), or Error(busy) while another run holds it.
  /// Error(cannot_create) also when somebody else's file has the name of the page over all reports.
  explicit ReportFolder(const std::string& path);
  ~ReportFolder();
  ReportFolder(const ReportFolder&) = delete;
  ReportFolder& operator=(const ReportFolder&) = delete;

  [[nodiscard]] bool has(const std::string& label, const std::string& file) const;
  /// A file of a report; "" when it is not there.
  [[nodiscard]] std::string read(const std::string& label, const std::string& file) const;

  /// Puts a report in its place, or in the place of the one that is there. Other files there stay.
  /// Throws Error(cannot_create) when somebody else's file has the name of one of the report's, and
  /// Error(io) when the disk is full. Then everything is as it was.
  void put(const std::string& label, const report::Files& files);

  /// Writes the page over all reports, if it changes.
  void put_index(const std::string& text);

  /// The labels of all reports, the newest first. A month comes before its last day.
  [[nodiscard]] std::vector<std::string> labels() const;

 private:
  void sweep() const;
  [[nodiscard]] std::filesystem::path make_draft(const std::string& label) const;
  void exchange(const std::filesystem::path& draft, const std::filesystem::path& place,
                bool is_there) const;
  void write_whole(const std::filesystem::path& path, const report::File& file) const;

  std::filesystem::path path_;
  int lock_ = -1;
};

}  // namespace fleetmeter::nightly
