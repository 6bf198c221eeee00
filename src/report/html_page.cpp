#include "base/sha256.hpp"
#include "report/page.hpp"
#include "report/page_css.hpp"
#include "report/people.hpp"

namespace fleetmeter::report {

std::string html_page(const std::string& title, const std::string& body) {
  const std::string css(kPageCss);
  const std::string policy = "default-src 'none'; style-src 'sha256-" +
                             base::to_base64(base::as_bytes(base::sha256(css))) +
                             "'; base-uri 'none'; form-action 'none'";
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"" +
         policy +
         "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
         html(title) + "</title>\n<style>" + css + "</style>\n</head>\n<body>\n" + body +
         "</body>\n</html>\n";
}

std::string title_of(const std::string& label) {
  return "fleetmeter: " + label;
}

std::string index_page(const std::vector<Listed>& reports) {
  std::string rows;
  for (const Listed& one : reports) {
    rows += "<tr><td><a href=\"" + html(one.label) + "/index.html\">" + html(one.label) +
            "</a></td><td class=\"n\">" + html(one.billable) + "</td><td class=\"n\">" +
            html(one.egress) + "</td><td>" + html(one.coverage) + "</td><td>" + html(one.remarks) +
            "</td></tr>\n";
  }
  return html_page(
      kIndexTitle,
      "<main>\n<h1>Reports</h1>\n<p class=\"soft\">One folder a day and a month, the "
      "newest first.</p>\n<div class=\"scroll\"><table>\n<thead><tr><th>Period</th><th "
      "class=\"n\">Billable</th><th class=\"n\">Egress</th><th>Coverage</th><th></th></tr>"
      "</thead>\n<tbody>\n" +
          rows + "</tbody>\n</table></div>\n</main>\n");
}

}  // namespace fleetmeter::report
