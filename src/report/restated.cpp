#include "report/restated.hpp"

#include <map>
#include <sstream>

#include "base/time_text.hpp"
#include "report/people.hpp"

namespace fleetmeter::report {

namespace {

constexpr std::int64_t kMostChanges = 1000;  // that are told apart
constexpr std::size_t kKeys = 4;             // app, region, deployment, and hour or day or product

/// The lines of a CSV file below its header, by their first cells. Ids hold no quotes or commas, so
/// lines are cut at commas. A cut in the wrong place would only show a change in the whole line.
std::map<std::string, std::string> lines_of(const std::string& csv) {
  std::map<std::string, std::string> lines;
  std::istringstream in(csv);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < kKeys && at != std::string::npos; ++i) {
      at = line.find(',', at + (i == 0 ? 0 : 1));
    }
    // What has several prices has several lines.
    std::string key = line.substr(0, at);
    while (lines.contains(key)) {
      key += '+';
    }
    lines.emplace(std::move(key), at == std::string::npos ? "" : line.substr(at + 1));
  }
  return lines;
}

void compare(std::ostream& out, const char* name, const std::string& before,
             const std::string& now) {
  const auto old_lines = lines_of(before);
  const auto new_lines = lines_of(now);
  Table changes;
  Int128 count = 0;
  const auto add = [&](const std::string& key, const std::string& was, const std::string& is) {
    if (++count <= kMostChanges) {
      changes.row({key, was, is});
    }
  };
  changes.columns({"row", "was", "is"});
  for (const auto& [key, line] : old_lines) {
    const auto found = new_lines.find(key);
    if (found == new_lines.end() || found->second != line) {
      add(key, line, found == new_lines.end() ? "gone" : found->second);
    }
  }
  for (const auto& [key, line] : new_lines) {
    if (old_lines.count(key) == 0) {
      add(key, "not there", line);
    }
  }
  out << "\n## " << name << "\n\n";
  if (changes.rows.empty()) {
    out << "No row changed.\n";
    return;
  }
  out << counted(count, "row") << " changed"
      << (count > kMostChanges ? "; here are the first " + thousands(kMostChanges) : "")
      << ". Columns: " << now.substr(0, now.find('\n')) << "\n\n";
  changes.give_to(*make_writer(Format::markdown, out));
}

using Text = std::string (*)(Int128 value);

/// `150.7 h -> 155.0 h, +2.9 %`. Numbers that look alike are written with all digits.
std::string move_of(Int128 before, Int128 now, Text text, const char* unit) {
  const bool alike = text(before) == text(now);
  const auto shown = [&](Int128 value) { return alike ? thousands(value) + unit : text(value); };
  return shown(before) + " -> " + shown(now) + (before == 0 ? "" : ", " + change(now, before));
}

void add_move(const std::string& name, const Bounded<Int128>& before, const Bounded<Int128>& now,
              Text text, const char* unit, std::string& all) {
  const auto add = [&](const char* which, Int128 was, Int128 is) {
    if (was != is) {
      all += (all.empty() ? "" : "; ") + name + which + move_of(was, is, text, unit);
    }
  };
  add(" ", before.point, now.point);
  if (before.point == now.point) {
    add(" at least ", before.lo, now.lo);
    add(" at most ", before.hi, now.hi);
  }
}

}  // namespace

std::string moved(const Totals& before, const Totals& now) {
  std::string all;
  add_move("billable", before.billable_ms, now.billable_ms, hours, " ms", all);
  add_move("egress", before.egress_bytes, now.egress_bytes, bytes, " bytes", all);
  return all;
}

std::string sealed_text(const Facts& facts) {
  const Sealed& sealed = *facts.sealed;
  Totals then;
  then.billable_ms = sealed.billable_ms;
  then.egress_bytes = sealed.egress_bytes;
  const std::string since = moved(then, facts.totals);
  return "Sealed (seal " + std::to_string(sealed.seal_seq) + ", as of " +
         base::format_utc(sealed.as_of_ms) + "): billable " + hours(sealed.billable_ms.point) +
         ", egress " + bytes(sealed.egress_bytes.point) + ". " +
         (since.empty() ? "Nothing has moved since." : "Moved since: " + since + '.');
}

std::string restated(const Period& period, const std::string& moved, const Texts& before,
                     const Files& now) {
  std::ostringstream out;
  out << "# " << period.label << " was restated\n\n"
      << "Moved: " << moved << ".\n\nWhat its files say now, in " << period.tz
      << ", and said before:\n";
  for (const char* name : {"billing.csv", "egress.csv", "cost.csv"}) {
    if (before.contains(name) && now.contains(name)) {
      compare(out, name, before.at(name), now.at(name).text());
    }
  }
  return out.str();
}

}  // namespace fleetmeter::report
