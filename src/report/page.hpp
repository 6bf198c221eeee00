#pragma once

#include <string>
#include <vector>

#include "report/facts.hpp"

namespace fleetmeter::report {

/// The report as one HTML file that needs no script and asks nothing of any network.
[[nodiscard]] std::string page(const Facts& facts);

/// The same as Markdown, without the charts.
[[nodiscard]] std::string markdown(const Facts& facts);

/// A line of the list of all reports.
struct Listed {
  std::string label;  ///< also the name of its folder
  std::string billable;
  std::string egress;
  std::string coverage;
  std::string remarks;  ///< that it is sealed, and what it restated
};

/// What the titles of the pages are, by which they can be told from anybody else's.
inline constexpr const char* kIndexTitle = "fleetmeter: reports";
[[nodiscard]] std::string title_of(const std::string& label);

/// The page over all periods, newest first.
[[nodiscard]] std::string index_page(const std::vector<Listed>& reports);

/// The text around a page: head, style sheet and its Content-Security-Policy, body.
[[nodiscard]] std::string html_page(const std::string& title, const std::string& body);

}  // namespace fleetmeter::report
