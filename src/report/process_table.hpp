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
  };

  [[nodiscard]] std::size_t number_of(const std::string& text);
  void add(Row row) { rows_.push_back(std::move(row)); }

  /// Brings the rows in the order of the ids.
  void sort();

  void give_to(RowSink& sink) const;

 private:
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::string> texts_;
  std::vector<Row> rows_;
};

}  // namespace fleetmeter::report
