#include "report/chart.hpp"

#include <algorithm>

#include "base/time_text.hpp"
#include "report/chart_parts.hpp"
#include "report/people.hpp"

namespace fleetmeter::report {

namespace {

constexpr std::int64_t kHour_ms = 3'600'000;
constexpr std::int64_t kTall = 204;
constexpr std::int64_t kMostTall = 400;
constexpr std::int64_t kPanelTall = 92;
constexpr std::int64_t kTop = 220;  // of a plot, below its line of text

/// Charts beside that of the regions are as tall as it is, within reason.
std::int64_t tall(const Facts& facts) {
  return std::clamp(static_cast<std::int64_t>(facts.regions.size()) * kBarTall + 22, kTall,
                    kMostTall);
}

Plot tall_plot(const Facts& facts) {
  return plot_of(facts, kTop, tall(facts) * 10 - kTop - 220);
}

std::string short_name(const Share& region) {
  return region.parts > 1 ? "the rest (" + thousands(region.parts) + ")"
                          : fitting(name_of(region.name, 1, "region"));
}

std::string bytes_text(const Bounded<Int128>& value) {
  return bounded_bytes(value, false);
}
std::string exact_bytes(const Bounded<Int128>& value) {
  return to_text(value.point) + " bytes";
}
/// A bound far above everything would flatten all that was measured.
Int128 most_egress(const Share& region) {
  Int128 most = 1;
  for (const Bounded<Int128>& value : region.egress_by_slot) {
    most = std::max({most, value.point, std::min(value.hi, 2 * value.point)});
  }
  return most;
}

std::string region_panel(const Facts& facts, const Share& region, std::size_t number, Int128 most) {
  Plot plot = plot_of(facts, 260, (kPanelTall - 26 - 20) * 10);
  const std::string name = name_of(region.name, region.parts, "region");
  const bool is_rest = region.parts > 1;
  const std::string total = bounded_bytes(region.egress_bytes, region.open_processes > 0);
  std::string content =
      text_at(0, 130, "name most", short_name(region) + (is_rest ? ", on a scale of its own" : ""));
  content += above(bytes(region.egress_bytes.point));
  content += value_axis(plot, is_rest ? most_egress(region) : most, 1, short_bytes,
                        2);  // sets the plot's top
  content += curve(facts, plot, starts_of(facts), region.egress_by_slot);
  content += spots(facts, plot, region.egress_by_slot, bytes_text, exact_bytes, false);
  return svg(kChartWide, kPanelTall, "egress" + std::to_string(number), "Egress of " + name,
             name + ": " + total + " in " + facts.period.label, content);
}

/// The slot with the most: `Most: 2024-11-12, 63.52 h`.
std::string most_text(const Facts& facts, const std::vector<Bounded<Int128>>& values,
                      std::string (*text)(Int128)) {
  const auto most = std::max_element(
      values.begin(), values.end(), [](const auto& a, const auto& b) { return a.point < b.point; });
  if (most == values.end() || most->point == 0) {
    return "";
  }
  return "Most: " +
         short_label(facts.period, facts.slots[static_cast<std::size_t>(most - values.begin())]) +
         ", " + text(most->point);
}

}  // namespace

std::string egress_by_region_chart(const Facts& facts) {
  std::string all;
  Int128 most = 1;
  for (const Share& region : facts.regions) {
    most = region.parts > 1 ? most : std::max(most, most_egress(region));
  }
  std::size_t number = 0;
  for (const Share& region : facts.regions) {
    all += region_panel(facts, region, ++number, most);
  }
  return all;
}

std::string billable_by_region_chart(const Facts& facts) {
  std::vector<Bar> all;
  for (const Share& region : facts.regions) {
    all.push_back({.name = short_name(region),
                   .full_name = name_of(region.name, region.parts, "region"),
                   .is_rest = region.parts > 1,
                   .billable_ms = region.billable_ms});
  }
  return bars(all, "regions", "Billable hours per region",
              "One bar per region; a thin bar spans the bounds. The table below has the numbers.");
}

std::string concurrency_chart(const Facts& facts) {
  const Concurrency& all = facts.concurrency;
  std::vector<std::int64_t> starts;
  std::vector<Bounded<Int128>> values;
  Int128 most = 1;
  Int128 hi = 0;
  for (std::size_t i = 0; i < all.most.size(); ++i) {
    starts.push_back(facts.period.from_ms + static_cast<std::int64_t>(i) * all.part_ms);
    values.push_back({all.most[i], all.most[i], all.most_hi[i]});
    most = std::max<Int128>(most, all.most[i]);
    hi = std::max<Int128>(hi, all.most_hi[i]);
  }
  Plot plot = tall_plot(facts);
  std::string content;
  if (all.peak > 0) {
    content += above("Most: " + base::format_utc(all.peak_at_ms).substr(0, 16) + "Z, " +
                     thousands(all.peak));
  }
  content += value_axis(plot, top_of(most, hi), 1, thousands, 4);
  content += beyond(plot.most, hi, thousands);
  content += curve(facts, plot, starts, values);
  return svg(
      kChartWide, tall(facts), "concurrency", "Processes at once",
      "At most " + thousands(all.peak) +
          " processes ran at once, as far as they were seen. The band shows how many may have.",
      content);
}

std::string billable_by_slot_chart(const Facts& facts) {
  Int128 most = 0;
  Int128 hi = 0;
  for (const Bounded<Int128>& value : facts.billable_by_slot) {
    most = std::max(most, value.point);
    hi = std::max(hi, value.hi);
  }
  Plot plot = tall_plot(facts);
  std::string content = above(most_text(facts, facts.billable_by_slot, hours));
  content += value_axis(plot, top_of(most, hi), kHour_ms, whole_hours, 4);
  content += beyond(plot.most, hi, whole_hours);
  content += curve(facts, plot, starts_of(facts), facts.billable_by_slot);
  content += spots(facts, plot, facts.billable_by_slot, hours_text, exact_ms, true);
  return svg(kChartWide, tall(facts), "billable", "Billable hours",
             "Billable hours in each " + std::string(facts.period.is_month ? "day" : "hour") +
                 ", with their bounds.",
             content);
}

}  // namespace fleetmeter::report
