#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "fleetmeter/bounded.hpp"
#include "fleetmeter/table.hpp"

namespace fleetmeter::report {

/// Every process of a report, with both of its numbers. A month has hundreds of thousands of them.
/// So texts that repeat are held once, and rows become cells only when they are written.
class ProcessTable {
 public:
  struct Row {
    std::string process_id;
    std::size_t app_id = 0;  ///< the number of a text, as the two below
    std::size_t deployment_id = 0;
    std::size_t region = 0;
    Bounded<std::int64_t> billable_ms;
    Bounded<std::int64_t> egress_bytes;
    bool open = false;
    bool unmetered = false;
    std::int64_t start_at_ms = 0;
    std::int64_t end_at_ms = 0;  ///< not after the as-of
    bool is_started = false;     ///< otherwise it has neither
    const char* rule = "";       ///< which decided its end: `complete`, or a flag
  };

  [[nodiscard]] std::size_t number_of(const std::string& text);
  void add(Row row) { rows_.push_back(std::move(row)); }

  /// Brings the rows in the order of the ids.
  void sort();

  /// The rows with the most billable time, the most first; of those alike, with the most egress.
  [[nodiscard]] std::vector<Row> largest(std::size_t most) const;
  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] const std::string& text(std::size_t number) const { return texts_[number]; }

  void give_to(RowSink& sink) const;

 private:
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::string> texts_;
  std::vector<Row> rows_;
};

}  // namespace fleetmeter::report
