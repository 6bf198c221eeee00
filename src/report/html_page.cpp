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

}  // namespace fleetmeter::report
