#include "report/workbook_summary.hpp"

#include <algorithm>

#include "base/ratio.hpp"
#include "base/time_text.hpp"
#include "report/known.hpp"
#include "report/people.hpp"

namespace fleetmeter::report {

namespace {

using fleetmeter::workbook::Sheet;
using fleetmeter::workbook::WorkbookFormats;
using fleetmeter::workbook::WorkbookLibrary;

constexpr std::int64_t kHour_ms = 3'600'000;
constexpr std::int64_t kGigabyte = 1'000'000'000;
constexpr int kHourPlaces = 2;
constexpr int kGigabytePlaces = 3;
constexpr double kNameWide = 40;
constexpr double kNumberWide = 16;
constexpr double kTimeWide = 24;
constexpr lxw_col_t kColumns = 7;

/// Writes line after line.
class Summary {
 public:
  Summary(const Facts& facts, const WorkbookFormats& formats)
      : facts_(facts),
        formats_(formats),
        library_(formats.library()),
        sheet_(formats, "summary", "fleetmeter " + facts.period.label + ", " + facts.period.tz) {
    library_.worksheet_set_column(sheet_.worksheet(), 0, 0, kNameWide, nullptr);
    library_.worksheet_set_column(sheet_.worksheet(), 1, 1, kTimeWide, nullptr);
    library_.worksheet_set_column(sheet_.worksheet(), 2, kColumns - 1, kNumberWide, nullptr);
  }

  void write() {
    text(0, facts_.period.label, formats_.title);
    ++row_;
    about();
    totals();
    shares("Region", "region", facts_.regions);
    shares("App", "app", facts_.apps);
    if (facts_.money) {
      costs();
    }
    reasons();
  }

 private:
  void text(lxw_col_t column, const std::string& words, lxw_format* format = nullptr) {
    library_.worksheet_write_string(sheet_.worksheet(), row_, column, words.c_str(), format);
  }
  void cell(lxw_col_t column, const Cell& value, const char* name = "") {
    sheet_.write(row_, column, value, name);
  }
  void headers(const std::vector<std::string>& words) {
    ++row_;
    for (std::size_t i = 0; i < words.size(); ++i) {
      text(static_cast<lxw_col_t>(i), words[i], i == 0 ? formats_.bold : formats_.bold_right);
    }
    ++row_;
  }
  void in_units(lxw_col_t column, const Bounded<Int128>& value, Int128 unit, int places) {
    for (const Int128 one : {value.point, value.lo, value.hi}) {
      cell(column++, base::Ratio(one, unit).round(places));
    }
  }

  void about() {
    const auto line = [&](const char* name, const Cell& value, const char* column) {
      text(0, name);
      cell(1, value, column);
      ++row_;
    };
    line("Zone", facts_.period.tz, "");
    line("From (UTC)", facts_.period.from_ms, "from_ms");
    line("To (UTC)", facts_.period.to_ms, "to_ms");
    line("As of (UTC)", facts_.as_of_ms, "to_ms");
    if (const std::string known = known_text(facts_); !known.empty()) {
      line("Not over yet", known, "");
    }
    line("Processes", facts_.totals.processes, "");
    line("Processes at once, peak", facts_.concurrency.peak, "");
    line("Gaps between polls", facts_.gap_count, "");
    line("Fleetmeter", facts_.version, "");
  }

  void totals() {
    const bool compares = facts_.before && facts_.is_comparable;
    headers({"Total", "", "at least", "at most", compares ? "in " + facts_.before_label : ""});
    text(0, "Billable hours");
    in_units(1, facts_.totals.billable_ms, kHour_ms, kHourPlaces);
    if (compares) {
      cell(4, base::Ratio(facts_.before->billable_ms.point, kHour_ms).round(kHourPlaces));
    }
    ++row_;
    text(0, "Egress in GB");
    in_units(1, facts_.totals.egress_bytes, kGigabyte, kGigabytePlaces);
    if (compares) {
      cell(4, base::Ratio(facts_.before->egress_bytes.point, kGigabyte).round(kGigabytePlaces));
    }
    ++row_;
    if (facts_.money) {
      text(0, "Cost in " + facts_.money->currency);
      amounts(1, facts_.money->total.compute + facts_.money->total.egress);
      ++row_;
    }
    if (facts_.totals.open_processes > 0 || facts_.unseen_ms > 0) {
      text(0, "More egress than at most is possible where counters or processes were not seen.");
      ++row_;
    }
  }

  void shares(const char* title, const char* kind, const std::vector<Share>& all) {
    headers(
        {title, "Billable hours", "at least", "at most", "Egress in GB", "at least", "at most"});
    for (const Share& one : all) {
      text(0, name_of(one.name, one.parts, kind));
      in_units(1, one.billable_ms, kHour_ms, kHourPlaces);
      in_units(4, one.egress_bytes, kGigabyte, kGigabytePlaces);
      ++row_;
    }
  }

  void amounts(lxw_col_t column, const Bounded<Int128>& value) {
    for (const Int128 minor : {value.point, value.lo, value.hi}) {
      cell(column++, Decimal(minor, facts_.money->minor_digits));
    }
  }

  void costs() {
    headers({"Cost in " + facts_.money->currency + " per region", "", "at least", "at most"});
    for (const CostOf& one : facts_.money->regions) {
      text(0, name_of(one.name, one.parts, "region"));
      amounts(1, one.compute + one.egress);
      ++row_;
    }
  }

  void reasons() {
    const std::vector<Reason> all = reasons_of(facts_);
    if (!all.empty()) {
      headers({"Why the bounds lie apart"});
    }
    for (const Reason& one : all) {
      text(0, one.name);
      for (std::size_t at = 0; at < one.text.size();) {  // a sentence a line
        const std::size_t end = std::min(one.text.find(". ", at), one.text.size() - 1) + 1;
        text(1, one.text.substr(at, end - at));
        at = end + 1;
        ++row_;
      }
    }
  }

  const Facts& facts_;
  const WorkbookFormats& formats_;
  const WorkbookLibrary& library_;
  Sheet sheet_;
  lxw_row_t row_ = 0;
};

}  // namespace

void add_summary(const Facts& facts, const WorkbookFormats& formats) {
  Summary(facts, formats).write();
}

}  // namespace fleetmeter::report
