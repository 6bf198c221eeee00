#pragma once

// A month of a fleet: its archive, its contract, its store, and what it is invoiced with.

#include "sim/archive.hpp"
#include "sim/text.hpp"
#include "support/archive.hpp"
#include "support/biller.hpp"
#include "support/catch.hpp"

namespace fleetmeter::test {

inline constexpr std::int64_t kMinute = 60'000;
inline constexpr std::int64_t kHour = 60 * kMinute;
inline constexpr std::int64_t kDay = 24 * kHour;
inline constexpr std::int64_t kNovember = 1'730'419'200'000;

// ---- a fleet with its archive, its contract and its store

struct FleetShape {
  std::uint64_t seed = 1;
  int apps = 2;
  int deployments = 3;
  int alive = 6;
  int lifetime_minutes = 180;
  int lost_finals = 0;  // permille
  int gaps = 0;         // permille, when the simulator polls
};

inline sim::FleetOptions fleet_options(const FleetShape& shape) {
  sim::FleetOptions options;
  options.seed = shape.seed;
  options.apps = shape.apps;
  options.deployments = shape.deployments;
  options.processes_alive = shape.alive;
  options.lifetime_minutes = shape.lifetime_minutes;
  options.short_ids = true;
  options.start_ms = kNovember - 2 * kDay;  // over both edges of every zone's November
  options.duration_ms = 34 * kDay;
  return options;
}

inline Contract contract_of(const std::vector<sim::TrueProcess>& processes) {
  constexpr std::int64_t kSizes[] = {50, 200, 100, 25, 400, 150};
  Contract contract;
  for (const sim::TrueProcess& process : processes) {
    contract.vcpu_hundredths.emplace(Build{process.app, process.deployment}, 0);
  }
  std::size_t place = 0;
  for (auto& [build, size] : contract.vcpu_hundredths) {
    size = kSizes[place++ % std::size(kSizes)];
  }
  return contract;
}

inline std::string record(const sim::TrueProcess& process, std::int64_t now_ms) {
  const auto time = [&](const char* name, std::int64_t at_ms, bool known) {
    return known && at_ms <= now_ms
               ? ",\"" + std::string(name) + "\":\"" + sim::instant(at_ms) + '"'
               : "";
  };
  return R"({"processId":")" + process.id + R"(","appId":")" + process.app +
         R"(","deploymentId":)" + process.deployment + R"(,"region":")" + process.region + '"' +
         time("startingAt", process.starting_ms, true) +
         time("startedAt", process.started_ms, !process.never_started) +
         time("stoppingAt", process.stopping_ms, true) +
         time("terminatedAt", process.terminated_ms, true) +
         ",\"egressedBytes\":" + std::to_string(process.reported_bytes(now_ms)) + '}';
}

/// Polls every half hour on the dot, so that every zone's month begins and ends at one. The first
/// poll after a process is gone tells its end, unless that is lost.
inline std::string archive_of(const std::vector<sim::TrueProcess>& processes,
                              const FleetShape& shape) {
  const sim::FleetOptions options = fleet_options(shape);
  std::string text;
  for (std::int64_t now = options.start_ms; now <= options.start_ms + options.duration_ms + kDay;
       now += kHour / 2) {
    std::string list;
    for (std::size_t i = 0; i < processes.size(); ++i) {
      const sim::TrueProcess& process = processes[i];
      const bool gone = process.terminated_ms <= now;
      const bool lost =
          gone && (i * 7919 + shape.seed) % 1000 < static_cast<std::size_t>(shape.lost_finals);
      if (process.starting_ms <= now && process.terminated_ms > now - kHour / 2 && !lost) {
        list += (list.empty() ? "" : ",") + record(process, now);
      }
    }
    text += R"({"observedAt":")" + sim::instant(now) + R"(","processes":[)" + list + "]}\n";
  }
  return text;
}

/// A store of one fleet.
class Month {
 public:
  explicit Month(const FleetShape& shape, bool polled_by_simulator = false,
                 bool one_without_size = false)
      : store_(Store::open_or_create(folder_ / "store.db")) {
    if (polled_by_simulator) {
      poll(shape);
    } else {
      truth_ = sim::Fleet(fleet_options(shape)).processes();
      folder_.write("archive.ndjson", archive_of(truth_, shape));
    }
    for (const SourceReport& report : store_.ingest({folder_ / "archive.ndjson"})) {
      INFO(report.error);
      REQUIRE(report.clean());
    }
    contract_ = contract_of(truth_);
    std::string csv = "app_id,deployment_id,requested_cpu\n";
    for (const auto& [build, size] : contract_.vcpu_hundredths) {
      if (one_without_size && build == contract_.vcpu_hundredths.begin()->first) {
        continue;
      }
      csv += build.first + ',' + build.second + ',' + decimal_text({size, 100}, 2) + '\n';
    }
    import(MoneyKind::deployments, "deployments.csv", csv);
  }

  void import(MoneyKind kind, const std::string& name, const std::string& text,
              const MoneyGiven& given = {}) {
    for (const MoneyReport& report :
         store_.import_money(kind, {folder_.write(name, text)}, given)) {
      for (const std::string& problem : report.problems) {
        FAIL(text << '\n' << problem);
      }
    }
  }

  [[nodiscard]] MonthlyBill bill(const HiddenPolicy& policy) const {
    return test::bill(truth_, policy, contract_);
  }
  [[nodiscard]] const Contract& contract() const { return contract_; }
  [[nodiscard]] const Store& store() const { return store_; }
  [[nodiscard]] Table cost(const Question& question, const Pricing& pricing) const {
    Table table;
    give(question, store_.cost(question, pricing), table);
    return table;
  }
  [[nodiscard]] Reconciliation reconcile(const std::string& id,
                                         const Question& question = {}) const {
    return store_.reconcile({id}, question, pricing());
  }
  [[nodiscard]] static Pricing pricing() { return {"vcpu-hours", "standard", std::nullopt}; }

 private:
  /// As cron does: late by seconds, missing some, never at an edge.
  void poll(const FleetShape& shape) {
    sim::ArchiveOptions options;
    options.fleet = fleet_options(shape);
    options.poll_s = 900;
    options.lost_finals = shape.lost_finals;
    options.gaps = shape.gaps;
    std::string text;
    sim::emit_archive(
        options, [&](const sim::Document& one) { text += std::string(one.text) + '\n'; },
        [&](const sim::TrueProcess& process) { truth_.push_back(process); });
    folder_.write("archive.ndjson", text);
  }

  Folder folder_;
  Store store_;
  std::vector<sim::TrueProcess> truth_;
  Contract contract_;
};

// ---- invoices

/// What one product is invoiced with.
struct Line {
  std::string quantity;
  std::string amount;
};

inline Line compute_line(const MonthlyBill& bill) {
  return {decimal_text(bill.vcpu_hours, 2), decimal_text(bill.compute, 2)};
}
inline Line egress_line(const MonthlyBill& bill) {
  return {decimal_text(bill.gigabytes, 2), decimal_text(bill.egress, 2)};
}

inline const char* const kHeader = "invoice_id,month,product,unit,quantity,unit_price,amount\n";

inline std::string csv_of(const std::string& id, const Line& compute, const Line& egress) {
  return kHeader + id + ",2024-11,compute,vCPU hour," + compute.quantity + ",0.08," +
         compute.amount + '\n' + id + ",2024-11,egress,GB," + egress.quantity + ",0.12," +
         egress.amount + '\n';
}

}  // namespace fleetmeter::test
