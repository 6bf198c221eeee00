#include "report/page_parts.hpp"

#include "report/people.hpp"

namespace fleetmeter::report {

std::string cell(const std::string& shown, const std::string& exact) {
  return "<td class=\"n\" title=\"" + html(exact) + "\">" + html(shown) + "</td>";
}

std::string ms_cells(const Bounded<Int128>& value) {
  const auto one = [](Int128 ms) { return cell(hours(ms), thousands(ms) + " ms"); };
  return one(value.point) + one(value.lo) + one(value.hi);
}

std::string byte_cells(const Bounded<Int128>& value, bool open) {
  const auto one = [](Int128 size, const char* more) {
    return cell(more + bytes(size), thousands(size) + " bytes");
  };
  return one(value.point, "") + one(value.lo, "") + one(value.hi, open ? "> " : "");
}

std::string head(const std::string& name, const std::string& big, const std::string& exact,
                 const std::string& below) {
  return "<div class=\"head\"><h3>" + html(name) + "</h3><div class=\"big\" title=\"" +
         html(exact) + "\">" + html(big) + "</div>" + below + "</div>\n";
}

std::string table_of_rows(const std::string& label, const std::string& caption,
                          const std::string& head, const std::string& rows,
                          const std::string& foot) {
  return "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" + html(label) +
         "\"><table>\n" +
         (caption.empty() ? "" : "<caption><span>" + html(caption) + "</span></caption>\n") +
         "<thead><tr>" + head + "</tr></thead>\n<tbody>\n" + rows + "</tbody>\n" +
         (foot.empty() ? "" : "<tfoot>" + foot + "</tfoot>\n") + "</table></div>\n";
}

std::string soft(const std::string& text) {
  return text.empty() ? "" : "<p class=\"soft\">" + html(text) + "</p>";
}

std::string bounds_text(const Bounded<Int128>& value,
                        const std::function<std::string(Int128)>& text, bool open,
                        bool is_all_seen) {
  const std::string bounds =
      open                   ? "at least " + text(value.lo) + ", more than was seen is possible"
      : value.lo == value.hi ? std::string("certain: the bounds meet")
      : text(value.lo) == text(value.hi) ? "known to within " + text(value.hi - value.lo)
                                         : "between " + text(value.lo) + " and " + text(value.hi);
  return open || is_all_seen ? bounds
         : value.lo == value.hi
             ? "at least " + text(value.lo) + ": no end is in doubt, but more may have run unseen"
             : bounds + " of what was seen; more is possible";
}

std::string change_line(const Facts& facts, Int128 now, Int128 before) {
  const std::string text = !facts.before ? "nothing known of " + facts.before_label
                           : !facts.is_comparable
                               ? ""
                               : change(now, before) + " against " + facts.before_label;
  return text.empty() ? "" : "<p class=\"soft whole\">" + html(text) + "</p>";
}

}  // namespace fleetmeter::report
