#pragma once

#include <string>
#include <vector>

#include "report/facts.hpp"
#include "report/plot.hpp"

namespace fleetmeter::report {

// What the charts of a report have in common.

inline constexpr std::int64_t kChartWide = 360;  // pixels: a phone's, so that text is never shrunk

/// How a value is written beside an axis.
using Label = std::string (*)(Int128);

/// `12 h`.
[[nodiscard]] std::string whole_hours(Int128 ms);
/// `20 GB`: without decimals that say nothing.
[[nodiscard]] std::string short_bytes(Int128 value);

/// What a slot is called in a chart: the day, or when its hour begins.
[[nodiscard]] std::string short_label(const Period& period, const Slot& slot);

/// A plot over a report's period, with room for labels on its left. Lengths are in tenths of a
/// pixel.
[[nodiscard]] Plot plot_of(const Facts& facts, std::int64_t top, std::int64_t height);

/// Sets the top of the plot and draws the value axis.
[[nodiscard]] std::string value_axis(Plot& plot, Int128 most, Int128 unit, Label label,
                                     std::size_t count);
[[nodiscard]] std::string time_axis(const Facts& facts, const Plot& plot);

/// The top of an axis for values up to `point`, whose bounds go up to `hi`. A bound far above
/// everything would flatten all that was measured: it goes beyond the plot then.
[[nodiscard]] Int128 top_of(Int128 point, Int128 hi);

/// What stands above a plot, on its left, when its band goes beyond it; "" when it does not.
[[nodiscard]] std::string beyond(Int128 top, Int128 hi, Label label);

/// Values over time, with their bounds as a band, what is not known marked.
[[nodiscard]] std::string curve(const Facts& facts, const Plot& plot,
                                const std::vector<std::int64_t>& starts_ms,
                                const std::vector<Bounded<Int128>>& values);

[[nodiscard]] std::vector<std::int64_t> starts_of(const Facts& facts);

/// How a value is written where it is pointed to.
using BoundedText = std::string (*)(const Bounded<Int128>&);

/// A spot over each slot. Who points to one, taps it or moves the focus there reads its value above
/// the plot, in the place of what stands there otherwise. `is_in_tab_order`: the keyboard gets
/// there.
[[nodiscard]] std::string spots(const Facts& facts, const Plot& plot,
                                const std::vector<Bounded<Int128>>& values, BoundedText text,
                                BoundedText exact, bool is_in_tab_order);

/// A text above a plot, at its right end, which gives way to that of a spot.
[[nodiscard]] std::string above(const std::string& text);

[[nodiscard]] std::string hours_text(const Bounded<Int128>& value);
[[nodiscard]] std::string exact_ms(const Bounded<Int128>& value);

/// A name that fits beside a bar.
[[nodiscard]] std::string fitting(const std::string& name);

inline constexpr std::int64_t kBarTall = 26;

struct Bar {
  std::string name;  ///< as short as it must be
  std::string full_name;
  std::string link = {};  ///< where its name leads; "" when nowhere
  bool is_part = false;   ///< what it stands for is not over
  bool is_empty = false;  ///< there is nothing to stand for
  bool is_rest = false;   ///< it stands for many, and does not set the scale of the others
  Bounded<Int128> billable_ms = {};
};

/// One bar below the other, each with its value and, as a thin bar, the span of its bounds.
[[nodiscard]] std::string bars(const std::vector<Bar>& all, const std::string& id,
                               const std::string& title, const std::string& description);

}  // namespace fleetmeter::report
