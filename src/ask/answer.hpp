#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ask/text_groups.hpp"
#include "ask/window.hpp"
#include "fleetmeter/question.hpp"
#include "store/key_texts.hpp"

namespace fleetmeter {

/// Rows that say nothing are left out of an answer.
[[nodiscard]] inline bool is_zero(const BillingRow& row) {
  return row.processes == 0 && row.billable_ms.point == 0 && row.billable_ms.lo == 0 &&
         row.billable_ms.hi == 0;
}
[[nodiscard]] inline bool is_zero(const EgressRow& row) {
  return row.processes == 0 && row.egress_bytes.point == 0 && row.egress_bytes.lo == 0 &&
         row.egress_bytes.hi == 0 && row.open_processes == 0 && row.unmetered_processes == 0;
}

}  // namespace fleetmeter

namespace fleetmeter::ask {

/// Which processes a question is about, by the texts of its filters.
class Filter {
 public:
  Filter(const Question& question, store::KeyTexts& texts);
  [[nodiscard]] bool passes(const model::ProcessFacts& facts);
  /// Looks at app and region alone.
  [[nodiscard]] bool passes_place(const model::ProcessFacts& facts);
  [[nodiscard]] bool passes_place(const std::string& app_id, const std::string& region) const;

 private:
  using Set = std::unordered_set<std::string>;
  [[nodiscard]] bool has(const Set& set, const std::optional<std::int64_t>& label_key);

  store::KeyTexts& texts_;
  Set app_ids_;
  Set deployment_ids_;
  Set regions_;
  Set process_ids_;
};

/// The rows of an answer while they are summed. There is one per group and time cell into which
/// something fell.
template <class Row>
class Answer {
 public:
  Answer(const Question& question, const ResolvedWindow& window, store::KeyTexts& texts)
      : question_(question), window_(window), groups_(question, texts) {}

  /// From now on, the keys in facts are those of another store.
  void read_by(store::KeyTexts& texts) { groups_.read_by(texts); }

  [[nodiscard]] std::size_t group_of(const model::ProcessFacts& facts) {
    return groups_.number_of(facts);
  }
  [[nodiscard]] Row& row(std::size_t group, std::size_t cell) {
    return sums_[group * window_.cells.size() + cell];
  }

  /// Calls `use(cell number, window)` for every cell that overlaps [from_ms, to_ms).
  template <class Use>
  void each_cell(std::int64_t from_ms, std::int64_t to_ms, Use&& use) const {
    const auto& cells = window_.cells;
    auto cell = std::upper_bound(
        cells.begin(), cells.end(), from_ms,
        [](std::int64_t at, const TimeCell& one) { return at < one.window.to_ms; });
    for (; cell != cells.end() && cell->window.from_ms < to_ms; ++cell) {
      use(static_cast<std::size_t>(cell - cells.begin()), cell->window);
    }
  }

  /// The rows in the order of the answer, with the texts of their groups.
  [[nodiscard]] std::vector<Row> finish();
  /// The same in parts of so many rows; the last may have fewer, and none when there is no row.
  template <class Use>
  void finish(std::size_t rows_in_part, Use&& use);

 private:
  using Places = std::vector<std::vector<std::size_t>>;
  [[nodiscard]] bool before(const Places& places, std::size_t a, std::size_t b) const;
  [[nodiscard]] std::vector<std::string> labels(std::size_t number) const;

  const Question& question_;
  const ResolvedWindow& window_;
  TextGroups groups_;
  std::unordered_map<std::size_t, Row> sums_;
};

template <class Row>
std::vector<Row> Answer<Row>::finish() {
  std::vector<Row> all;
  finish(std::numeric_limits<std::size_t>::max(),
         [&](std::vector<Row>& rows) { all = std::move(rows); });
  return all;
}

template <class Row>
template <class Use>
void Answer<Row>::finish(std::size_t rows_in_part, Use&& use) {
  std::vector<std::size_t> numbers;
  for (const auto& [number, row] : sums_) {
    if (!is_zero(row)) {
      numbers.push_back(number);
    }
  }
  const Places places = groups_.places();
  std::sort(numbers.begin(), numbers.end(),
            [&](std::size_t a, std::size_t b) { return before(places, a, b); });
  std::vector<Row> rows;
  rows.reserve(std::min(rows_in_part, numbers.size()));
  for (const std::size_t number : numbers) {
    if (rows.size() == rows_in_part) {
      use(rows);
      rows.clear();
    }
    rows.push_back(std::move(sums_[number]));
    rows.back().group = labels(number);
  }
  if (rows.empty() && question_.by.empty()) {
    rows.emplace_back();
  }
  use(rows);
}

template <class Row>
bool Answer<Row>::before(const Places& places, std::size_t a, std::size_t b) const {
  const std::size_t cells = window_.cells.size();
  std::size_t time = 0;
  std::size_t text = 0;
  for (const GroupBy by : question_.by) {
    if (is_time(by)) {
      const std::size_t period_a = window_.cells[a % cells].periods[time];
      const std::size_t period_b = window_.cells[b % cells].periods[time];
      ++time;
      if (period_a != period_b) {
        return period_a < period_b;
      }
    } else {
      const std::size_t place_a = places[text][a / cells];
      const std::size_t place_b = places[text][b / cells];
      ++text;
      if (place_a != place_b) {
        return place_a < place_b;
      }
    }
  }
  return false;
}

template <class Row>
std::vector<std::string> Answer<Row>::labels(std::size_t number) const {
  const std::size_t cells = window_.cells.size();
  std::vector<std::string> labels;
  labels.reserve(question_.by.size());
  std::size_t time = 0;
  std::size_t text = 0;
  for (const GroupBy by : question_.by) {
    if (is_time(by)) {
      labels.push_back(window_.periods[time][window_.cells[number % cells].periods[time]].label);
      ++time;
    } else {
      labels.push_back(groups_.text(number / cells, text++));
    }
  }
  return labels;
}

}  // namespace fleetmeter::ask
