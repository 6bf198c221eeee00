#include "nightly/report_reading.hpp"

#include "fleetmeter/decimal.hpp"
#include "fleetmeter/error.hpp"

namespace fleetmeter::nightly {

decode::JsonTree read_report(const ReportFolder& folder, const std::string& label) {
  try {
    return decode::read_json(folder.read(label, "report.json"));
  } catch (const Error&) {
    return {};
  }
}

std::string member(const decode::JsonTree& root, std::string_view part, std::string_view name) {
  const decode::JsonTree* const rows = root.find(part);
  const decode::JsonTree* const value =
      rows == nullptr || rows->items.empty() ? nullptr : rows->items.front().find(name);
  return value == nullptr ? "" : value->text;
}

Int128 number(const std::string& text) {
  const auto value = Decimal::parse(text);
  return value ? value->digits() : 0;
}

Bounded<Int128> bounded_in(const decode::JsonTree& row, const std::string& name) {
  const auto one = [&](const std::string& called) {
    const decode::JsonTree* const value = row.find(called);
    return value == nullptr ? Int128(0) : number(value->text);
  };
  return {one(name), one(name + "_lo"), one(name + "_hi")};
}

}  // namespace fleetmeter::nightly
