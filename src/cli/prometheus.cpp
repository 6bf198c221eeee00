#include "cli/prometheus.hpp"

#include <algorithm>
#include <chrono>

namespace fleetmeter::cli {

namespace {

std::int64_t now_s() {
  using namespace std::chrono;
  return duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
}

std::string metric(const std::string& name, const char* help, const std::string& value) {
  return "# HELP fleetmeter_" + name + ' ' + help + "\n# TYPE fleetmeter_" + name +
         " gauge\nfleetmeter_" + name + ' ' + value + '\n';
}

std::string reports(const std::vector<ReportOutcome>& outcomes) {
  using Status = ReportOutcome::Status;
  std::string all =
      "# HELP fleetmeter_reports Reports by what became of them in the last run.\n"
      "# TYPE fleetmeter_reports gauge\n";
  const auto add = [&](Status status, const char* name) {
    const auto of_status = std::count_if(outcomes.begin(), outcomes.end(),
                                         [&](const auto& one) { return one.status == status; });
    all += std::string("fleetmeter_reports{status=\"") + name + "\"} " + std::to_string(of_status) +
           '\n';
  };
  add(Status::made, "made");
  add(Status::remade, "remade");
  add(Status::restated, "restated");
  add(Status::unchanged, "unchanged");
  return all;
}

}  // namespace

std::string metrics_of(const Store& store, const std::vector<ReportOutcome>& outcomes) {
  const StoreStatus status = store.status(Store::Gaps::left_out);
  const std::int64_t ended_s = now_s();
  const std::int64_t last_s = status.last_observed_at_ms.value_or(0) / 1000;
  const std::int64_t open = store.egress({}).front().open_processes;
  const auto text = [](std::int64_t value) { return std::to_string(value); };
  return metric("last_success_timestamp_seconds", "When the last run ended well, unix time.",
                text(ended_s)) +
         metric("last_observed_timestamp_seconds", "The latest snapshot in the store, unix time.",
                text(last_s)) +
         metric("lag_seconds", "How old the latest snapshot was when the last run ended.",
                text(ended_s - last_s)) +
         metric("snapshots", "Documents in the store.", text(status.snapshots)) +
         metric("records", "Records of processes in the store.", text(status.observations)) +
         metric("rejects", "Records and documents that broke a rule, kept aside.",
                text(status.rejects)) +
         metric("open_processes", "Processes whose last counter was not seen.", text(open)) +
         metric("store_bytes", "Size of the store with its log.", text(status.store_bytes)) +
         reports(outcomes);
}

}  // namespace fleetmeter::cli
