#include "report/plot.hpp"

#include <algorithm>

#include "report/people.hpp"

namespace fleetmeter::report {

std::int64_t Plot::x(std::int64_t at_ms) const {
  const std::int64_t at = std::clamp(at_ms, from_ms, to_ms);
  return left + static_cast<std::int64_t>(Int128(at - from_ms) * width / (to_ms - from_ms));
}

std::int64_t Plot::y(Int128 value) const {
  const Int128 at = std::clamp<Int128>(value, 0, most);
  return top + height - static_cast<std::int64_t>(at * height / most);
}

std::string px(std::int64_t tenths) {
  const std::string sign = tenths < 0 ? "-" : "";
  const std::int64_t size = tenths < 0 ? -tenths : tenths;
  return sign + std::to_string(size / 10) + (size % 10 == 0 ? "" : "." + std::to_string(size % 10));
}

std::vector<Int128> round_steps(Int128 most, Int128 unit, std::size_t count) {
  Int128 step = unit;
  for (int turn = 0; step * static_cast<Int128>(count) < most; ++turn) {
    step = turn % 3 == 1 ? step / 2 * 5 : step * 2;  // 1, 2, 5, 10 …
  }
  std::vector<Int128> all{0};
  while (all.back() < most || all.size() == 1) {
    all.push_back(all.back() + step);
  }
  return all;
}

namespace {

/// One part of a step curve, as far as it is known.
struct Step {
  std::size_t part = 0;
  std::int64_t from = 0;
  std::int64_t to = 0;
};

std::vector<Step> known_steps(const Plot& plot, const std::vector<std::int64_t>& starts_ms) {
  std::vector<Step> all;
  for (std::size_t i = 0; i < starts_ms.size() && starts_ms[i] < plot.known_to_ms; ++i) {
    const std::int64_t to_ms = i + 1 < starts_ms.size() ? starts_ms[i + 1] : plot.to_ms;
    all.push_back({i, plot.x(starts_ms[i]), plot.x(std::min(to_ms, plot.known_to_ms))});
  }
  return all;
}

}  // namespace

std::string band(const Plot& plot, const std::vector<std::int64_t>& starts_ms,
                 const std::vector<Int128>& below, const std::vector<Int128>& above,
                 const char* css_class) {
  if (below == above) {
    return "";
  }
  std::string there;
  std::string back;
  for (const Step& step : known_steps(plot, starts_ms)) {
    const std::string high = px(plot.y(above[step.part]));
    const std::string low = px(plot.y(below[step.part]));
    there += (there.empty() ? "M" : "L") + px(step.from) + ' ' + high + "H" + px(step.to);
    back = "L" + px(step.to) + ' ' + low + "H" + px(step.from) + back;
  }
  return there.empty()
             ? ""
             : std::string("<path class=\"") + css_class + "\" d=\"" + there + back + "Z\"/>\n";
}

std::string area(const Plot& plot, const std::vector<std::int64_t>& starts_ms,
                 const std::vector<Int128>& values, const char* css_class) {
  return band(plot, starts_ms, std::vector<Int128>(values.size(), 0), values, css_class);
}

std::string steps(const Plot& plot, const std::vector<std::int64_t>& starts_ms,
                  const std::vector<Int128>& values, const char* css_class) {
  std::string path;
  for (const Step& step : known_steps(plot, starts_ms)) {
    path += (path.empty() ? "M" + px(step.from) + ' ' : std::string("V")) +
            px(plot.y(values[step.part])) + "H" + px(step.to);
  }
  return path.empty() ? ""
                      : std::string("<path class=\"") + css_class + "\" d=\"" + path + "\"/>\n";
}

std::string shades(const Plot& plot, const std::vector<Shade>& gaps) {
  std::string all;
  for (const Shade& gap : gaps) {
    const std::int64_t from = plot.x(gap.from_ms);
    all += rectangle(from, plot.top, std::max<std::int64_t>(plot.x(gap.to_ms) - from, 5),
                     plot.height, "gap", "no polls");
  }
  return all;
}

std::string gap_marks(const Plot& plot, const std::vector<Shade>& gaps) {
  constexpr std::int64_t kStrip = 30;
  std::string path;
  for (const Shade& gap : gaps) {
    const std::int64_t from = plot.x(gap.from_ms);
    const std::int64_t wide = std::max<std::int64_t>(plot.x(gap.to_ms) - from, 5);
    path += "M" + px(from) + ' ' + px(plot.top + plot.height - kStrip) + "h" + px(wide) + "v" +
            px(kStrip) + "h" + px(-wide) + "z";
  }
  return path.empty() ? "" : "<path class=\"gapmark\" d=\"" + path + "\"/>\n";
}

std::string future(const Plot& plot) {
  if (plot.known_to_ms >= plot.to_ms) {
    return "";
  }
  constexpr std::int64_t kRoomForText = 800;
  const std::int64_t from = plot.x(plot.known_to_ms);
  const std::int64_t wide = plot.left + plot.width - from;
  const std::string shape = rectangle(from, plot.top, wide, plot.height, "future", "not over yet") +
                            "<path class=\"now\" d=\"M" + px(from) + ' ' + px(plot.top) + "v" +
                            px(plot.height) + "\"/>\n";
  return wide < kRoomForText ? shape
                             : shape + text_at(from + wide / 2, plot.top + plot.height / 2 + 40,
                                               "tick mid", "not over yet");
}

std::string rectangle(std::int64_t left, std::int64_t top, std::int64_t width, std::int64_t height,
                      const char* css_class, const std::string& title) {
  const std::string shape = std::string("<rect class=\"") + css_class + "\" x=\"" + px(left) +
                            "\" y=\"" + px(top) + "\" width=\"" + px(width) + "\" height=\"" +
                            px(height) + "\"";
  return title.empty() ? shape + "/>\n" : shape + "><title>" + html(title) + "</title></rect>\n";
}

std::string text_at(std::int64_t left, std::int64_t top, const char* css_class,
                    const std::string& text) {
  return std::string("<text class=\"") + css_class + "\" x=\"" + px(left) + "\" y=\"" + px(top) +
         "\">" + html(text) + "</text>\n";
}

std::string svg(std::int64_t width, std::int64_t height, const std::string& id,
                const std::string& title, const std::string& description,
                const std::string& content) {
  return "<svg viewBox=\"0 0 " + std::to_string(width) + ' ' + std::to_string(height) +
         "\" role=\"" + (content.find(" tabindex=") == std::string::npos ? "img" : "group") +
         "\" aria-labelledby=\"" + id + "-t " + id + "-d\">\n<title id=\"" + id + "-t\">" +
         html(title) + "</title><desc id=\"" + id + "-d\">" + html(description) + "</desc>\n" +
         content + "</svg>\n";
}

}  // namespace fleetmeter::report
