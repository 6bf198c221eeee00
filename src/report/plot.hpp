#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fleetmeter/int128.hpp"
#include "report/facts.hpp"

namespace fleetmeter::report {

/// A rectangle of an SVG in which values are drawn over time. Positions are in tenths of a pixel.
struct Plot {
  std::int64_t left = 0;
  std::int64_t top = 0;
  std::int64_t width = 0;
  std::int64_t height = 0;
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 1;
  Int128 most = 1;               ///< the value at the top; the bottom is 0
  std::int64_t known_to_ms = 1;  ///< where curves end: what comes after it is not known yet

  [[nodiscard]] std::int64_t x(std::int64_t at_ms) const;
  [[nodiscard]] std::int64_t y(Int128 value) const;
};

/// A position as SVG writes it: 123 → `12.3`.
[[nodiscard]] std::string px(std::int64_t tenths);

/// Round steps for an axis from 0 to `most`: at most `count`, each a multiple of `unit` by 1, 2 or
/// 5 times a power of ten. The first is 0; the last is the first at or above `most`.
[[nodiscard]] std::vector<Int128> round_steps(Int128 most, Int128 unit, std::size_t count);

/// A filled shape between two step curves: one pair of values per part of time.
[[nodiscard]] std::string band(const Plot& plot, const std::vector<std::int64_t>& starts_ms,
                               const std::vector<Int128>& below, const std::vector<Int128>& above,
                               const char* css_class);

/// The shape under a step curve.
[[nodiscard]] std::string area(const Plot& plot, const std::vector<std::int64_t>& starts_ms,
                               const std::vector<Int128>& values, const char* css_class);

/// A step curve.
[[nodiscard]] std::string steps(const Plot& plot, const std::vector<std::int64_t>& starts_ms,
                                const std::vector<Int128>& values, const char* css_class);

/// Shaded spans in which nothing was polled, to be drawn below everything.
[[nodiscard]] std::string shades(const Plot& plot, const std::vector<Shade>& gaps);

/// The same spans once more, as a strip along the time axis that no band covers.
[[nodiscard]] std::string gap_marks(const Plot& plot, const std::vector<Shade>& gaps);

/// What is not known yet, set apart; "" when the whole plot is known.
[[nodiscard]] std::string future(const Plot& plot);

[[nodiscard]] std::string rectangle(std::int64_t left, std::int64_t top, std::int64_t width,
                                    std::int64_t height, const char* css_class,
                                    const std::string& title = "");
[[nodiscard]] std::string text_at(std::int64_t left, std::int64_t top, const char* css_class,
                                  const std::string& text);

/// The chart around its content: a view box of `width` by `height` pixels, title and description.
[[nodiscard]] std::string svg(std::int64_t width, std::int64_t height, const std::string& id,
                              const std::string& title, const std::string& description,
                              const std::string& content);

}  // namespace fleetmeter::report
