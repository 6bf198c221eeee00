#pragma once

// The slow, obviously right reading of the rules: no SQL, no rollups, no shared code with the
// program it checks. Everything is kept in memory and every definition is evaluated as it is
// written.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fleetmeter::reference {

/// Milliseconds since 1970-01-01T00:00:00Z, or a number of milliseconds.
using Millis = std::int64_t;

constexpr Millis kMinute = 60'000;
constexpr Millis kHour = 60 * kMinute;
constexpr Millis kDay = 24 * kHour;

/// Thrown for a question or an input that cannot be understood.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What one snapshot said of one process, as far as an answer can depend on it.
struct Record {
  std::string process_id;
  std::optional<std::string> app_id;
  std::optional<std::string> deployment_id;
  std::optional<std::string> region;
  std::optional<Millis> starting_at_ms;  // startingAt, or createdAt of V2 and V3
  std::optional<Millis> started_at_ms;
  std::optional<Millis> stopping_at_ms;
  std::optional<Millis> terminated_at_ms;
  std::optional<std::int64_t> egressed_bytes;  // as it came, not yet repaired
  std::string content;  // the whole decoded record as canonical text; equal means duplicate
};

/// A record with the instant it was true at and its place in the order of arrival.
struct Observation {
  Record record;
  Millis observed_at_ms = 0;
  std::size_t snapshot_seq = 0;
  std::size_t index = 0;  // place inside its document
};

/// What is said of a document beside its own words; its own words come first. "" says nothing.
struct SaidOfList {
  std::string list;  // running, stopped ...
  std::string app_id;
  std::string region;
  bool is_trusted = true;  // else no list proves anything (--absence ignore)
};

/// One element of a running list, as far as it can be evidence.
struct ListElement {
  std::optional<std::string> app_id;
  std::optional<std::string> region;
  std::optional<Millis> starting_at_ms;
  std::optional<Millis> started_at_ms;
  bool is_rejected = false;
  bool is_v1 = true;  // neither a createdAt nor a status
};

/// A running list as it came. What it proves is worked out by absence.cpp.
struct RunningList {
  Millis observed_at_ms = 0;
  bool is_array = false;                   // rather than null, absent, or one process
  std::optional<bool> says_capped;         // "capped"
  std::optional<std::string> said_app_id;  // its stated scope
  std::optional<std::string> said_region;
  bool scope_is_unreadable = false;   // an appId or a region that is not a text
  std::vector<ListElement> elements;  // "as they came, duplicates and rejected ones included"
};

/// All that was ever read: the snapshots' instants, the running lists, and the observations that
/// were not duplicates.
class Archive {
 public:
  /// Adds one document: a bare array, one process or an envelope. The time is used when the
  /// document carries none itself; with neither, throws Error. Text that is no snapshot is ignored.
  void add_document(std::string_view json, std::optional<Millis> observed_at_ms_if_no_envelope,
                    const SaidOfList& said = {});

  /// Adds every document of newline-delimited or concatenated JSON.
  void add_text(std::string_view text, std::optional<Millis> observed_at_ms_if_no_envelope,
                const SaidOfList& said = {});

  [[nodiscard]] const std::vector<Observation>& observations() const { return observations_; }
  [[nodiscard]] const std::vector<Millis>& snapshot_instants() const { return instants_; }
  [[nodiscard]] const std::vector<RunningList>& running_lists() const { return lists_; }
  [[nodiscard]] std::size_t duplicates() const { return duplicates_; }
  [[nodiscard]] std::size_t rejected() const { return rejected_; }

 private:
  void add_record(Record record, Millis observed_at_ms, std::size_t index);

  std::vector<Observation> observations_;
  std::vector<Millis> instants_;
  std::vector<RunningList> lists_;
  std::size_t duplicates_ = 0;
  std::size_t rejected_ = 0;
};

/// What is asked: the window, the grouping, the filters and the two assumptions.
struct Question {
  std::vector<std::string> by;  // month, day, hour, app, deployment, region, process
  std::string tz = "UTC";
  std::optional<Millis> from_ms;
  std::optional<Millis> to_ms;
  std::optional<std::string> day;    // 2024-11-03
  std::optional<std::string> month;  // 2024-11
  std::optional<Millis> as_of_ms;
  Millis grace_ms = 15 * kMinute;
  Millis max_lifespan_ms = 72 * kHour;
  bool trusts_absence = true;
  std::vector<std::string> apps;
  std::vector<std::string> regions;
  std::vector<std::string> deployments;
  std::vector<std::string> processes;
};

/// The answer as CSV with its header; lines end with LF.
[[nodiscard]] std::string billing_csv(const Archive& archive, const Question& question);
[[nodiscard]] std::string egress_csv(const Archive& archive, const Question& question);

/// The processes that were missing from a list between two sights, each with the first such list.
[[nodiscard]] std::vector<std::pair<std::string, Millis>> flickered(const Archive& archive);

/// RFC 3339, strictly; what lies below a millisecond is dropped. Nothing for any other text.
[[nodiscard]] std::optional<Millis> parse_rfc3339(std::string_view text);

/// RFC 3339, or a date meaning the first instant of that date in the zone. Throws Error.
[[nodiscard]] Millis parse_instant(std::string_view text, const std::string& tz);

/// "15m", "72h", "500ms", "30s", "3d". Throws Error.
[[nodiscard]] Millis parse_duration(std::string_view text);

/// The time in a file's name, such as 2024-11-01T08-30-00Z or 20241101T083000Z.
[[nodiscard]] std::optional<Millis> parse_file_name_time(std::string_view name);

}  // namespace fleetmeter::reference
