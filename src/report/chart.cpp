#include "report/chart.hpp"

#include <algorithm>

#include "report/people.hpp"
#include "report/plot.hpp"

namespace fleetmeter::report {

namespace {

constexpr std::int64_t kHour_ms = 3'600'000;
constexpr std::int64_t kWide = 360;  // pixels: a phone's width, so that text is never shrunk
constexpr std::int64_t kTall = 190;
constexpr std::int64_t kMostTall = 400;
constexpr std::int64_t kPanelTall = 92;
constexpr std::int64_t kBarTall = 26;

/// Charts beside that of the regions are as tall as it is, within reason.
std::int64_t tall(const Facts& facts) {
  return std::clamp(static_cast<std::int64_t>(facts.regions.size()) * kBarTall + 22, kTall,
                    kMostTall);
}

using Label = std::string (*)(Int128);

std::string whole_hours(Int128 ms) {
  return thousands(ms / kHour_ms) + " h";
}

std::string short_bytes(Int128 value) {
  std::string text = bytes(value);
  const std::size_t zeros = text.find(".00");
  return zeros == std::string::npos ? text : text.erase(zeros, 3);
}

/// The middle part of a chart's texts: `12 h`, `3 Nov`: which slots have their label written.
std::string slot_text(const Facts& facts, const Slot& slot) {
  if (facts.period.is_month) {
    const int day = std::stoi(slot.label.substr(8, 2));
    return day % 7 == 1 ? std::to_string(day) : "";
  }
  const std::string hour = slot.label.substr(11, 2);
  return std::stoi(hour) % 6 == 0 ? hour + ":00" : "";
}

std::string time_axis(const Facts& facts, const Plot& plot) {
  std::string all;
  std::string last;
  for (const Slot& slot : facts.slots) {
    const std::string text = slot_text(facts, slot);
    if (!text.empty() && text != last) {
      all += text_at(plot.x(slot.from_ms), plot.top + plot.height + 130, "tick", text);
      last = text;
    }
  }
  return all;
}

/// Sets the top of the plot and draws the value axis.
std::string value_axis(Plot& plot, Int128 most, Int128 unit, Label label, std::size_t count) {
  const std::vector<Int128> ticks = round_steps(std::max<Int128>(most, 1), unit, count);
  plot.most = ticks.back();
  std::string all;
  for (const Int128 tick : ticks) {
    const std::int64_t at = plot.y(tick);
    all += "<path class=\"grid\" d=\"M" + px(plot.left) + ' ' + px(at) + "h" + px(plot.width) +
           "\"/>\n";
    all += text_at(plot.left - 50, at + 40, "tick end", label(tick));
  }
  return all;
}

Plot plot_of(const Facts& facts, std::int64_t top, std::int64_t height) {
  return {520, top, kWide * 10 - 520 - 100, height, facts.period.from_ms, facts.period.to_ms, 1};
}

std::vector<std::int64_t> starts_of(const Facts& facts) {
  std::vector<std::int64_t> starts;
  for (const Slot& slot : facts.slots) {
    starts.push_back(slot.from_ms);
  }
  return starts;
}

/// The values of slots apart: points, lower and upper bounds.
struct Curves {
  std::vector<Int128> point;
  std::vector<Int128> lo;
  std::vector<Int128> hi;
  Int128 most = 0;
};

Curves curves_of(const std::vector<Bounded<Int128>>& values) {
  Curves curves;
  for (const Bounded<Int128>& value : values) {
    curves.point.push_back(value.point);
    curves.lo.push_back(value.lo);
    curves.hi.push_back(value.hi);
    curves.most = std::max(curves.most, value.hi);
  }
  return curves;
}

/// What a pointer sees over each slot.
std::string hover(const Facts& facts, const Plot& plot, const std::vector<Bounded<Int128>>& values,
                  std::string (*text)(const Bounded<Int128>&)) {
  std::string all;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::int64_t from = plot.x(facts.slots[i].from_ms);
    all += rectangle(from, plot.top, plot.x(facts.slots[i].to_ms) - from, plot.height, "hit",
                     facts.slots[i].label + ": " + text(values[i]));
  }
  return all;
}

std::string egress_text(const Bounded<Int128>& value) {
  return bounded_bytes(value, false) + " = " + to_text(value.point) + " bytes";
}

std::string billable_text(const Bounded<Int128>& value) {
  return bounded_hours(value, true) + " = " + to_text(value.point) + " ms";
}

Int128 most_egress(const Facts& facts) {
  Int128 most = 1;
  for (const RegionFacts& region : facts.regions) {
    for (const Bounded<Int128>& value : region.egress_by_slot) {
      // A bound far above everything would flatten all that was measured.
      most = std::max({most, value.point, std::min(value.hi, 2 * value.point)});
    }
  }
  return most;
}

std::string region_panel(const Facts& facts, const RegionFacts& region, std::size_t number,
                         Int128 most) {
  Plot plot = plot_of(facts, 260, (kPanelTall - 26 - 20) * 10);
  const Curves curves = curves_of(region.egress_by_slot);
  const std::string total = bounded_bytes(region.egress_bytes, region.open_processes > 0);
  std::string content = text_at(0, 130, "name", region.region.empty() ? "(none)" : region.region);
  content += text_at(kWide * 10 - 100, 130, "end", bytes(region.egress_bytes.point));
  content += value_axis(plot, most, 1, short_bytes, 2);
  content += shades(plot, facts.shades);
  content += area(plot, starts_of(facts), curves.point, "area");
  content += band(plot, starts_of(facts), curves.lo, curves.hi, "band");
  content += steps(plot, starts_of(facts), curves.point, "line");
  content += time_axis(facts, plot);
  content += hover(facts, plot, region.egress_by_slot, egress_text);
  return svg(kWide, kPanelTall, "egress" + std::to_string(number), "Egress of " + region.region,
             region.region + ": " + total + " in " + facts.period.label, content);
}

}  // namespace

std::string egress_by_region_chart(const Facts& facts) {
  std::string all;
  const Int128 most = most_egress(facts);
  std::size_t number = 0;
  for (const RegionFacts& region : facts.regions) {
    all += region_panel(facts, region, ++number, most);
  }
  return all;
}

std::string billable_by_region_chart(const Facts& facts) {
  Int128 most = 1;
  for (const RegionFacts& region : facts.regions) {
    most = std::max(most, region.billable_ms.hi);
  }
  const std::int64_t bottom = static_cast<std::int64_t>(facts.regions.size()) * kBarTall;
  // Bars are values, not times, along the width: the plot's time axis stands for them.
  const std::vector<Int128> ticks = round_steps(most, kHour_ms, 3);
  const std::int64_t left = 1150;
  const std::int64_t width = kWide * 10 - left - 260;
  const auto x = [&](Int128 value) {
    return left + static_cast<std::int64_t>(value * width / ticks.back());
  };
  std::string content;
  for (const Int128 tick : ticks) {
    content +=
        "<path class=\"grid\" d=\"M" + px(x(tick)) + " 0v" + std::to_string(bottom) + "\"/>\n";
    content += text_at(x(tick), bottom * 10 + 140, "tick mid", whole_hours(tick));
  }
  std::int64_t top = 0;
  for (const RegionFacts& region : facts.regions) {
    const Bounded<Int128>& value = region.billable_ms;
    content += text_at(0, top + 170, "name", region.region.empty() ? "(none)" : region.region);
    content += rectangle(left, top + 60, x(value.point) - left, 140, "bar");
    if (value.hi > value.lo) {
      content += rectangle(x(value.lo), top + 110,
                           std::max<std::int64_t>(x(value.hi) - x(value.lo), 10), 40, "range");
    }
    content += rectangle(0, top, kWide * 10, kBarTall * 10, "hit",
                         region.region + ": " + billable_text(value));
    top += kBarTall * 10;
  }
  return svg(kWide, bottom + 22, "regions", "Billable hours per region",
             "One bar per region; a thin bar spans the bounds. The table below has the numbers.",
             content);
}

std::string concurrency_chart(const Facts& facts) {
  const Concurrency& all = facts.concurrency;
  std::vector<std::int64_t> starts;
  std::vector<Int128> point;
  std::vector<Int128> hi;
  Int128 most = 1;
  for (std::size_t i = 0; i < all.most.size(); ++i) {
    starts.push_back(facts.period.from_ms + static_cast<std::int64_t>(i) * all.part_ms);
    point.push_back(all.most[i]);
    hi.push_back(all.most_hi[i]);
    most = std::max<Int128>(most, all.most_hi[i]);
  }
  Plot plot = plot_of(facts, 80, (tall(facts) - 8 - 22) * 10);
  std::string content = value_axis(plot, most, 1, thousands, 4);
  content += shades(plot, facts.shades);
  content += area(plot, starts, point, "area");
  content += band(plot, starts, point, hi, "band");
  content += steps(plot, starts, point, "line");
  content += time_axis(facts, plot);
  return svg(kWide, tall(facts), "concurrency", "Processes at once",
             "At most " + thousands(all.peak) +
                 " processes ran at once. The band shows how many may have.",
             content);
}

std::string billable_by_slot_chart(const Facts& facts) {
  const Curves curves = curves_of(facts.billable_by_slot);
  Plot plot = plot_of(facts, 80, (tall(facts) - 8 - 22) * 10);
  std::string content = value_axis(plot, curves.most, kHour_ms, whole_hours, 4);
  content += shades(plot, facts.shades);
  content += area(plot, starts_of(facts), curves.point, "area");
  content += band(plot, starts_of(facts), curves.lo, curves.hi, "band");
  content += steps(plot, starts_of(facts), curves.point, "line");
  content += time_axis(facts, plot);
  content += hover(facts, plot, facts.billable_by_slot, billable_text);
  return svg(kWide, tall(facts), "billable", "Billable hours",
             "Billable hours in each " + std::string(facts.period.is_month ? "day" : "hour") +
                 ", with their bounds.",
             content);
}

}  // namespace fleetmeter::report
