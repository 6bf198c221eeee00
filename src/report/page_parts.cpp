#include "report/page_parts.hpp"

#include "report/people.hpp"

namespace fleetmeter::report {

std::string cell(const std::string& shown, const std::string& exact) {
  return "<td class=\"n\" title=\"" + html(exact) + "\">" + html(shown) + "</td>";
}

std::string head(const std::string& name, const std::string& big, const std::string& exact,
                 const std::string& below) {
  return "<div class=\"head\"><h3>" + html(name) + "</h3><div class=\"big\" title=\"" +
         html(exact) + "\">" + html(big) + "</div>" + below + "</div>\n";
}

std::string soft(const std::string& text) {
  return text.empty() ? "" : "<p class=\"soft\">" + html(text) + "</p>";
}

std::string bounds_text(const Bounded<Int128>& value,
                        const std::function<std::string(Int128)>& text, bool open,
                        bool is_all_seen) {
  const std::string bounds =
      open                   ? "at least " + text(value.lo) + ", more than was seen is possible"
      : value.lo == value.hi ? std::string("certain: every end was seen")
                             : "between " + text(value.lo) + " and " + text(value.hi);
  return open || is_all_seen ? bounds
         : value.lo == value.hi
             ? "at least " + text(value.lo) + ": every end was seen, but not all of the time"
             : bounds + " of what was seen; more is possible";
}

}  // namespace fleetmeter::report
