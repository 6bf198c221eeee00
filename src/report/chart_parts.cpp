#include "report/chart_parts.hpp"

#include <algorithm>

#include "report/known.hpp"
#include "report/people.hpp"

namespace fleetmeter::report {

namespace {

constexpr std::int64_t kHour_ms = 3'600'000;
constexpr std::size_t kLongestName = 17;
constexpr std::int64_t kAbove = 130;  // the line of text above a plot
constexpr std::int64_t kRight = kChartWide * 10 - 100;

/// The texts along the time axis: which slots have their label written.
std::string slot_text(const Facts& facts, const Slot& slot) {
  if (facts.period.is_month) {
    const int day = std::stoi(slot.label.substr(8, 2));
    return day % 7 == 1 ? std::to_string(day) : "";
  }
  const std::string hour = slot.label.substr(11, 2);
  return std::stoi(hour) % 6 == 0 ? hour + ":00" : "";
}

}  // namespace

namespace {

/// The end of a bar that goes on.
std::string arrow(std::int64_t left, std::int64_t middle) {
  return "<path class=\"range\" d=\"M" + px(left) + ' ' + px(middle - 45) + "l6 4.5l-6 4.5z\"/>\n";
}

}  // namespace

std::string whole_hours(Int128 ms) {
  return thousands(ms / kHour_ms) + " h";
}

std::string short_bytes(Int128 value) {
  std::string text = bytes(value);
  const std::size_t zeros = text.find(".00");
  return zeros == std::string::npos ? text : text.erase(zeros, 3);
}

std::string short_label(const Period& period, const Slot& slot) {
  return period.is_month ? slot.label : slot.label.substr(11, 5);
}

Plot plot_of(const Facts& facts, std::int64_t top, std::int64_t height) {
  const Period& period = facts.period;
  return {520, top, kRight - 520, height, period.from_ms, period.to_ms, 1, known_until(facts)};
}

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

Int128 top_of(Int128 point, Int128 hi) {
  return point == 0 || hi <= 4 * point ? hi : 2 * point;
}

std::string beyond(Int128 top, Int128 hi, Label label) {
  return hi <= top ? "" : text_at(0, kAbove, "tick most", "Band goes on to " + label(hi));
}

std::vector<std::int64_t> starts_of(const Facts& facts) {
  std::vector<std::int64_t> starts;
  for (const Slot& slot : facts.slots) {
    starts.push_back(slot.from_ms);
  }
  return starts;
}

std::string curve(const Facts& facts, const Plot& plot, const std::vector<std::int64_t>& starts_ms,
                  const std::vector<Bounded<Int128>>& values) {
  std::vector<Int128> point;
  std::vector<Int128> lo;
  std::vector<Int128> hi;
  for (const Bounded<Int128>& value : values) {
    point.push_back(value.point);
    lo.push_back(value.lo);
    hi.push_back(value.hi);
  }
  return shades(plot, facts.shades) + area(plot, starts_ms, point, "area") +
         band(plot, starts_ms, lo, hi, "band") + gap_marks(plot, facts.shades) +
         steps(plot, starts_ms, point, "line") + future(plot) + time_axis(facts, plot);
}

std::string above(const std::string& text) {
  return text_at(kRight, kAbove, "end most", text);
}

std::string spots(const Facts& facts, const Plot& plot, const std::vector<Bounded<Int128>>& values,
                  BoundedText text, BoundedText exact, bool is_in_tab_order) {
  std::string all;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Slot& slot = facts.slots[i];
    if (slot.from_ms >= plot.known_to_ms) {
      break;
    }
    const std::int64_t from = plot.x(slot.from_ms);
    const std::int64_t to = plot.x(std::min(slot.to_ms, plot.known_to_ms));
    all += "<g class=\"spot\" tabindex=\"" + std::string(is_in_tab_order ? "0" : "-1") + "\">" +
           rectangle(from, plot.top, to - from, plot.height, "hit",
                     slot.label + ": " + text(values[i]) + " = " + exact(values[i])) +
           text_at(kRight, kAbove, "end say",
                   short_label(facts.period, slot) + ": " + text(values[i])) +
           "</g>\n";
  }
  return all;
}

std::string hours_text(const Bounded<Int128>& value) {
  return bounded_hours(value, true);
}
std::string exact_ms(const Bounded<Int128>& value) {
  return to_text(value.point) + " ms";
}

/// A name that fits beside a bar. Whole characters: UTF-8 goes on with bytes of 10xxxxxx.
std::string fitting(const std::string& name) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if ((name[i] & 0xC0) != 0x80 && ++length == kLongestName) {
      return name.substr(0, i) + "…";
    }
  }
  return name;
}

std::string bars(const std::vector<Bar>& all, const std::string& id, const std::string& title,
                 const std::string& description) {
  Int128 most = 1;
  Int128 hi = 0;
  for (const Bar& bar : all) {
    most = bar.is_rest ? most : std::max(most, bar.billable_ms.point);
    hi = bar.is_rest ? hi : std::max(hi, bar.billable_ms.hi);
  }
  const std::int64_t bottom = static_cast<std::int64_t>(all.size()) * kBarTall;
  const std::vector<Int128> ticks = round_steps(top_of(most, hi), kHour_ms, 3);
  const std::int64_t left = 1150;
  const std::int64_t width = kChartWide * 10 - left - 700;  // values stand on the right
  const auto x = [&](Int128 value) {
    return left + static_cast<std::int64_t>(std::min(value, ticks.back()) * width / ticks.back());
  };
  std::string content;
  for (const Int128 tick : ticks) {
    content +=
        "<path class=\"grid\" d=\"M" + px(x(tick)) + " 0v" + std::to_string(bottom) + "\"/>\n";
    content += text_at(x(tick), bottom * 10 + 140, "tick mid", whole_hours(tick));
  }
  std::int64_t top = 0;
  for (const Bar& bar : all) {
    const Bounded<Int128>& value = bar.billable_ms;
    const std::string name = text_at(0, top + 170, "name", bar.name);
    content += bar.link.empty() ? name : "<a href=\"" + html(bar.link) + "\">" + name + "</a>\n";
    content +=
        rectangle(left, top + 60, x(value.point) - left, 140, bar.is_part ? "bar part" : "bar");
    if (value.hi > value.lo) {
      content += rectangle(x(value.lo), top + 110,
                           std::max<std::int64_t>(x(value.hi) - x(value.lo), 10), 40, "range");
    }
    content += value.hi <= ticks.back() ? "" : arrow(left + width, top + 130);
    content +=
        text_at(kChartWide * 10, top + 170, "end", bar.is_empty ? "no report" : hours(value.point));
    content += rectangle(left, top, kChartWide * 10 - left, kBarTall * 10, "hit",
                         bar.full_name + ": " + hours_text(value) + " = " + exact_ms(value));
    top += kBarTall * 10;
  }
  return svg(kChartWide, bottom + 22, id, title, description, content);
}

}  // namespace fleetmeter::report
