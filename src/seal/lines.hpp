#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "decode/json_tree.hpp"
#include "fleetmeter/bounded.hpp"
#include "fleetmeter/columns.hpp"
#include "fleetmeter/cost.hpp"
#include "fleetmeter/int128.hpp"

namespace fleetmeter::seal {

/// What the figures of a seal are divided by.
struct Group {
  std::string app_id;
  std::string deployment_id;
  std::string region;
  friend auto operator<=>(const Group&, const Group&) = default;
};

/// What adds up: figures of one group, or the change of some.
struct Figures {
  Bounded<Int128> billable_ms;
  Bounded<Int128> egress_bytes;

  Figures& operator+=(const Figures& other);
  Figures& operator-=(const Figures& other);
  friend bool operator==(const Figures&, const Figures&) = default;
};
using FiguresByGroup = std::map<Group, Figures>;

/// Amounts of one group in one currency, summed over its products and prices.
using AmountKey = std::pair<Group, std::string>;
using Amounts = std::map<AmountKey, Bounded<Decimal>>;

/// Leaves out what is zero.
void add(const Amounts& other, Amounts& to);
void take_away(const Amounts& other, Amounts& from);

/// The figures of a group, with the numbers of processes behind them.
struct Usage {
  Figures figures;
  std::int64_t billable_processes = 0;
  std::int64_t egress_processes = 0;
  std::int64_t open_processes = 0;
  std::int64_t unmetered_processes = 0;

  Usage& operator+=(const Usage& other);
};

// Rows as lines: a JSON object each, its members always in the same order, without white space.

struct TotalLine {
  Usage usage;
  static const std::vector<Column<TotalLine>>& columns();
};
struct UsageLine {
  Group group;
  Usage usage;
  static const std::vector<Column<UsageLine>>& columns();
};
struct CostLine {
  CostRow cost;  ///< its groups are app, deployment and region
  static const std::vector<Column<CostLine>>& columns();
};
/// By how much the figures of a month that was sealed before have changed since.
struct AdjustmentLine {
  std::string month;
  Group group;
  Figures change;
  static const std::vector<Column<AdjustmentLine>>& columns();
};

/// By how much the amounts of a month have changed since that was sealed before with its cost.
struct CostAdjustmentLine {
  std::string month;
  Group group;
  std::string currency;
  Bounded<Decimal> change;
  static const std::vector<Column<CostAdjustmentLine>>& columns();
};

template <class Row>
[[nodiscard]] std::string line_of(const Row& row) {
  std::ostringstream out;
  const auto writer = make_writer(Format::ndjson, out);
  give(std::vector{row}, *writer);
  std::string line = out.str();
  line.pop_back();  // the end of the line
  return line;
}

/// The whole number that a member holds. Throws Error(data) when it is none.
[[nodiscard]] Int128 number_in(const decode::JsonTree& member);

/// The figures in the lines of a seal about its own month.
[[nodiscard]] FiguresByGroup figures_in(const std::vector<std::string>& lines);

/// Its adjustments of a month that was sealed before.
[[nodiscard]] FiguresByGroup adjustments_in(const std::vector<std::string>& lines,
                                            const std::string& month);

/// The same of amounts.
[[nodiscard]] Amounts amounts_in(const std::vector<std::string>& lines);
[[nodiscard]] Amounts cost_adjustments_in(const std::vector<std::string>& lines,
                                          const std::string& month);

}  // namespace fleetmeter::seal
