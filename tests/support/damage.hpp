#pragma once

// A store that is to be damaged, and everything that can be asked of one.

#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "fleetmeter/fleetmeter.hpp"
#include "sim/archive.hpp"
#include "sim/fleet.hpp"
#include "sim/options.hpp"
#include "support/archive.hpp"

namespace fleetmeter::test {

/// A sound store with something in nearly every table.
inline void make_store(const std::string& path, const Folder& folder) {
  sim::ArchiveOptions options = sim::profile("demo");
  options.fleet.duration_ms = 2 * 3'600'000LL;
  std::string text;
  sim::emit_archive(options, [&](const sim::Document& document) {
    text += document.text;
    text += '\n';
  });
  Store store = Store::open_or_create(path);
  // Five hours between two polls: a gap in which nobody read the counter.
  for (const char* const poll : {"08", "13"}) {
    text += std::string(R"({"observedAt":"2024-11-02T)") + poll +
            R"(:10:00Z","processes":[{"processId":"seldom","appId":"app","deploymentId":"1",)"
            R"("region":"Seattle","startedAt":"2024-11-02T08:00:00Z","egressedBytes":1)" +
            poll + "}]}\n";
  }
  store.ingest({folder.write("archive.ndjson", text)});
  const auto import = [&](MoneyKind kind, const char* name, const char* document) {
    static_cast<void>(store.import_money(kind, {folder.write(name, document)}));
  };
  import(MoneyKind::rates, "rates.csv",
         "card,unit,price,tier_from\nmine,vcpu_hour,0.08,\nmine,GB,0.12,\nmine,GB,0.10,100\n");
  import(MoneyKind::deployments, "deployments.csv",
         "app_id,deployment_id,requested_cpu\napp,1,0.5\n");
  import(MoneyKind::invoice, "invoice.csv",
         "invoice_id,month,product,unit,quantity,unit_price,amount\n"
         "I,2024-11,compute,vCPU hour,3,0.08,0.24\nI,2024-11,egress,GB,2,0.12,0.24\n");
}

inline std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Asks one question whose answer does not matter. Says what went wrong that may not.
inline std::string fault_of(const std::function<void()>& ask) {
  try {
    ask();
  } catch (const Error& error) {
    return error.kind() == ErrorKind::internal ? error.what() : "";
  } catch (const std::exception& error) {
    return error.what();
  }
  return "";
}

inline Question by(std::vector<GroupBy> groups, bool scan = false) {
  Question question;
  question.by = std::move(groups);
  question.scan = scan;
  return question;
}

/// Asks everything there is to ask; the first fault, or "".
inline std::string fault_in(const std::string& path, const std::string& process_id,
                            const Folder& folder) {
  std::optional<Store> opened;
  const std::string closed = fault_of([&] { opened.emplace(Store::open(path)); });
  if (!opened) {
    return closed;
  }
  const Store& store = *opened;
  Question odd = by({GroupBy::app});
  odd.from_ms = 1730426400000 + 1234567;
  odd.to_ms = *odd.from_ms + 4567891;
  Pricing pricing;
  pricing.rates = "mine";
  const ReportRequest report{folder / "reports", std::nullopt, "2024-11", false, false, false};
  const std::vector<std::function<void()>> questions{
      [&] {
        static_cast<void>(store.billing(by({GroupBy::app, GroupBy::region})));
      },
      [&] { static_cast<void>(store.billing(by({GroupBy::process}, true))); },
      [&] {
        static_cast<void>(store.egress(by({GroupBy::app, GroupBy::hour})));
      },
      [&] { static_cast<void>(store.egress(by({GroupBy::region}, true))); },
      [&] { static_cast<void>(store.egress(odd)); },
      [&] { static_cast<void>(store.explain(process_id, {})); },
      [&] { static_cast<void>(store.anomalies({})); },
      [&] { static_cast<void>(store.coverage({})); },
      [&] { static_cast<void>(store.advise({})); },
      [&] { static_cast<void>(store.status()); },
      [&] { static_cast<void>(store.check()); },
      [&] { static_cast<void>(store.money(MoneyKind::rates)); },
      [&] { static_cast<void>(store.money(MoneyKind::invoice)); },
      [&] { static_cast<void>(store.money(MoneyKind::deployments)); },
      [&] { static_cast<void>(store.cost(by({GroupBy::app}), pricing)); },
      [&] { static_cast<void>(store.reconcile({"I"}, {}, pricing)); },
      [&] { static_cast<void>(store.report(report, {})); },
  };
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const std::string fault = fault_of(questions[i]);
    if (!fault.empty()) {
      return "question " + std::to_string(i) + ": " + fault;
    }
  }
  return "";
}

/// What a store says of each process, by both meters.
inline std::string answers_of(const Store& store) {
  std::ostringstream out;
  const Question question = by({GroupBy::process, GroupBy::app, GroupBy::region});
  give(question, store.billing(question), *make_writer(Format::csv, out));
  give(question, store.egress(question), *make_writer(Format::csv, out));
  return out.str();
}

}  // namespace fleetmeter::test
