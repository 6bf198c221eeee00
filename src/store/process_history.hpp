#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "normalise/rows.hpp"
#include "store/labels.hpp"
#include "store/seen.hpp"
#include "store/statement.hpp"

namespace fleetmeter::store {

/// What is remembered of one process while documents come in.
struct ProcessMemory {
  using AttributeRow = Remembered<normalise::Attributes>;
  using ActivityRow = Remembered<normalise::Activity>;

  normalise::Key process_key = 0;
  std::optional<std::int64_t> first_seen_ms;  ///< absent while only rooms have named it
  Standing latest;
  std::int64_t latest_attribute_no = 0;
  std::int64_t latest_activity_no = 0;
  std::vector<AttributeRow> attributes;                 ///< all of them
  std::vector<std::vector<normalise::Port>> port_sets;  ///< all of them; 0 is the empty one
  std::size_t port_sets_stored = 1;
  std::vector<ActivityRow> activities;  ///< the newest, and those asked for
  std::int64_t next_activity_no = 0;
  std::uint64_t touched_in_group = 0;
  bool dirty = false;

  [[nodiscard]] bool observed() const { return first_seen_ms.has_value(); }
  [[nodiscard]] std::int64_t port_set_of(const std::vector<normalise::Port>& ports);
  [[nodiscard]] std::int64_t attribute_of(const normalise::Attributes& said, const Standing& at);
  [[nodiscard]] std::int64_t activity_of(normalise::Activity&& said, const Standing& at);
  [[nodiscard]] ActivityRow* find_activity(std::int64_t activity_no);

  /// Whether an observation with these parts would say what the one numbered so said.
  [[nodiscard]] bool says(const normalise::Attributes& attributes, std::int64_t attribute_no,
                          const normalise::Activity& activity, std::int64_t activity_no);

  /// Takes an observation into the summary.
  void observe(const Standing& at, std::int64_t attribute_no, std::int64_t activity_no);
};

/// The processes of a store while writing: remembers those that documents speak of now, writes
/// what changed once a group, and lets finished ones go.
class ProcessHistory {
 public:
  explicit ProcessHistory(SQLite::Database& db);

  /// The process of this id, made when it is new.
  [[nodiscard]] ProcessMemory& find(std::string_view process_id);

  /// Only its key; makes a row for a process that was named but not yet observed.
  [[nodiscard]] normalise::Key key_of(std::string_view process_id);

  /// Makes sure one of its activities is in memory.
  void recall_activity(ProcessMemory& process, std::int64_t activity_no);

  /// Writes everything that changed.
  void flush();

  /// After a flush: forgets processes that were not spoken of lately, when there are many.
  void trim(std::uint64_t group);

  void forget() { known_.clear(); }

 private:
  void load(ProcessMemory& process);
  void load_attributes(ProcessMemory& process);
  void load_ports(ProcessMemory& process);
  void flush_one(ProcessMemory& process);
  void write_attributes(ProcessMemory& process, ProcessMemory::AttributeRow& row);
  void write_activity(ProcessMemory& process, ProcessMemory::ActivityRow& row);
  void write_ports(ProcessMemory& process);
  void write_summary(const ProcessMemory& process);

  SQLite::Database& db_;
  Statement find_;
  Statement add_;
  Statement save_;
  Statement load_attributes_;
  Statement add_attribute_;
  Statement see_attribute_;
  Statement load_ports_;
  Statement add_port_;
  Statement load_activity_;
  Statement load_rooms_;
  Statement last_activity_no_;
  Statement add_activity_;
  Statement see_activity_;
  Statement add_room_;
  TextMap<std::unique_ptr<ProcessMemory>> known_;
  std::vector<ProcessMemory*> dirty_;

 public:
  /// Marks a process as changed; flush() writes it.
  void touch(ProcessMemory& process, std::uint64_t group);
};

}  // namespace fleetmeter::store
