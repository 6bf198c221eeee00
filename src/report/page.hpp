#pragma once

#include <string>

#include "report/facts.hpp"

namespace fleetmeter::report {

/// The report as one HTML file that needs no script and asks nothing of any network.
[[nodiscard]] std::string page(const Facts& facts);

/// The same as Markdown, without the charts.
[[nodiscard]] std::string markdown(const Facts& facts);

/// What the titles of the pages are, by which they can be told from anybody else's.
inline constexpr const char* kIndexTitle = "fleetmeter: reports";
[[nodiscard]] std::string title_of(const std::string& label);

/// The text around a page: head, style sheet and its Content-Security-Policy, body.
[[nodiscard]] std::string html_page(const std::string& title, const std::string& body);

}  // namespace fleetmeter::report
